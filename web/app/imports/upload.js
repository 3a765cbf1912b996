// @ts-check
/**
 * Sends files in parts, one after the other. What has come stays with the server: an upload that breaks off goes on behind it, with the
 * same file, also after the page was loaded anew.
 */
import { ApiError } from '../api.js';

/** As the server takes it at most. */
const partSize = 512 * 1024;
export const largestFile = 50 * 1024 * 1024;

/** The files that this page holds, by import. @type {Map<number, File>} */
const files = new Map();

/** @param {number} id @param {File} file */
export function keepFile(id, file) {
  files.set(id, file);
}

/** @param {number} id */
export function fileOf(id) {
  return files.get(id);
}

/** Is this the file that was begun with, as far as one can see? @param {File} file @param {any} one the import */
export function isSameFile(file, one) {
  return file.size === one.size && file.name.slice(0, 200) === one.fileName;
}

/**
 * Sends what the server lacks of a file.
 * @param {import('../api.js').Api} api @param {any} one the import @param {(one: any) => void} onProgress @param {AbortSignal} signal
 */
export async function upload(api, one, onProgress, signal) {
  const file = files.get(one.id);
  if (!file) return;
  let now = one;
  while (now.state === 'uploading') {
    const part = await readable(file.slice(now.received, now.received + partSize));
    now = await api.putOctets(`/api/imports/${one.id}/parts`, part, { query: { start: now.received }, signal });
    onProgress(now);
  }
  files.delete(one.id);
}

/** A file that was changed or removed since it was chosen cannot be read any more. @param {Blob} part */
async function readable(part) {
  try {
    return new Blob([await part.arrayBuffer()]);
  } catch {
    throw new ApiError(0, { code: 'import.file.unreadable' });
  }
}
