// @ts-check
/** What rows of a table are made of. */

/** Text that ends in dots where its column ends. @param {string} text */
export function words(text) {
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

/** Room for the rows that are not in the page. @param {number} height @param {number} columns */
export function spacer(height, columns) {
  const row = document.createElement('tr');
  row.setAttribute('aria-hidden', 'true');
  row.hidden = height === 0;
  const cell = document.createElement('td');
  cell.colSpan = columns;
  cell.className = 'table-spacer';
  cell.style.setProperty('block-size', `${height}px`);
  row.append(cell);
  return row;
}

export function skeleton() {
  const element = document.createElement('i');
  element.className = 'skeleton';
  return element;
}
