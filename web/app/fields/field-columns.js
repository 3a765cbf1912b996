// @ts-check
/** The columns that lists and tables can show for fields of one's own. */
import { formatField } from './field-value.js';

/** @typedef {import('./field-value.js').Field} Field */

/**
 * @param {Field[]} fields
 * @returns {{name: string, text: string, isNumber: boolean, cells: (record: any) => string[]}[]}
 */
export function fieldColumns(fields) {
  return fields.map((field) => ({
    name: `field-${field.id}`,
    text: field.name,
    isNumber: field.type === 'number' || field.type === 'currency',
    cells: (record) => [formatField(field, record.fields[field.id])],
  }));
}
