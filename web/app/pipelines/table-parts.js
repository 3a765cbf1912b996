// @ts-check
/** What rows of a table are made of. */

/** Text that ends in dots where its column ends. @param {string} text */
function words(text) {
  const element = document.createElement('span');
  element.className = 'truncate';
  element.textContent = element.title = text;
  return element;
}

/** @param {string} value @param {string} label */
export function box(value, label) {
  const input = document.createElement('input');
  input.type = 'checkbox';
  input.value = value;
  input.setAttribute('aria-label', label);
  return input;
}

/** @param {import('./table-columns.js').TableColumn} column @param {any} deal @param {any} workspace */
export function cellOf({ cells, isNumber, name }, deal, workspace) {
  const cell = document.createElement('td');
  cell.className = `table-${name}`;
  cell.classList.toggle('is-number', isNumber ?? false);
  const line = document.createElement('div');
  line.className = 'table-cell';
  line.append(...cells(deal, workspace).map((part) => typeof part === 'string' ? words(part) : part));
  cell.append(line);
  return cell;
}

/** Room for the rows that are not in the page. */
export function spacer() {
  const row = document.createElement('tr');
  row.setAttribute('aria-hidden', 'true');
  const cell = document.createElement('td');
  cell.className = 'table-spacer';
  row.append(cell);
  return row;
}

/** @param {HTMLTableRowElement} spacer @param {number} height @param {number} columns */
export function resize(spacer, height, columns) {
  spacer.hidden = height === 0;
  const [cell] = spacer.cells;
  cell.colSpan = columns;
  cell.style.setProperty('block-size', `${height}px`);
}

export function skeleton() {
  const element = document.createElement('i');
  element.className = 'skeleton';
  return element;
}
