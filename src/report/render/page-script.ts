/**
 * Sorts a table by the column whose title is pressed, and folds long tables. It only moves and hides what is there; without
 * it the page shows everything.
 */
export const PAGE_SCRIPT = `
'use strict';
for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0];
  const open = 25;
  let all = body.rows.length <= open + 5;
  const fold = () => { Array.from(body.rows).forEach((row, at) => { row.hidden = !all && at >= open; }); };
  if (!all) {
    const button = document.createElement('button');
    button.className = 'all';
    button.textContent = table.dataset.all;
    button.addEventListener('click', () => { all = true; fold(); button.remove(); });
    table.parentElement.after(button);
    fold();
  }
  const keyOf = (row, at) => {
    const cell = row.cells[at];
    const text = cell.dataset.sort ?? cell.textContent;
    const number = Number(text);
    return text !== '' && !Number.isNaN(number) ? number : text;
  };
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
  Array.from(table.tHead.rows[0].cells).forEach((title, at) => {
    const button = document.createElement('button');
    button.append(...title.childNodes);
    title.append(button);
    button.addEventListener('click', () => {
      const falling = title.getAttribute('aria-sort') === null ? title.classList.contains('number') : title.getAttribute('aria-sort') === 'ascending';
      for (const other of title.parentElement.cells) other.removeAttribute('aria-sort');
      title.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
      const rows = Array.from(body.rows).sort((a, b) => compare(keyOf(a, at), keyOf(b, at)) * (falling ? -1 : 1));
      body.append(...rows);
      fold();
    });
  });
}
addEventListener('beforeprint', () => { for (const details of document.querySelectorAll('details')) details.open = true; });
`
