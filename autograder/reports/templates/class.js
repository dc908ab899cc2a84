"use strict";
const table = document.querySelector("#class");
const body = table.tBodies[0];
const collator = new Intl.Collator(undefined, { numeric: true });
for (const button of table.querySelectorAll("th [role=button]")) {
  button.addEventListener("click", () => sort(button.closest("th")));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    sort(button.closest("th"));
  });
}
function sort(heading) {
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const column = heading.cellIndex;
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const numeric = heading.classList.contains("number");
  const compare = numeric
    ? (one, other) => Number(value(one)) - Number(value(other))
    : (one, other) => collator.compare(value(one), value(other));
  const rows = [...body.rows].sort(compare);
  if (down) rows.reverse();
  body.append(...rows);
  show();
}
const search = document.querySelector("#search");
const count = document.querySelector("#count");
const rest = document.querySelector("#rest");
const texts = new Map([...body.rows].map((row) => [row, row.textContent.toLowerCase()]));
let most = Number(table.dataset.most);
function show() {
  const wanted = search.value.toLowerCase();
  let found = 0;
  for (const row of body.rows) {
    row.hidden = !texts.get(row).includes(wanted);
    found += row.hidden ? 0 : 1;
    row.classList.toggle("more", found > most);
  }
  const first = found > most ? `the first ${most} of ${found}` : `${found} of ${body.rows.length}`;
  count.textContent = wanted || found > most ? first : "";
  rest.hidden = found <= most;
  rest.firstElementChild.textContent = `show all ${found}`;
}
search.addEventListener("input", show);
rest.firstElementChild.addEventListener("click", () => {
  most = Infinity;
  show();
});
show();
