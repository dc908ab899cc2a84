"use strict";
const table = document.querySelector("#class");
const body = table.tBodies[0];
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
    : (one, other) => value(one).localeCompare(value(other), undefined, { numeric: true });
  const rows = [...body.rows].sort(compare);
  if (down) rows.reverse();
  body.append(...rows);
}
const search = document.querySelector("#search");
const count = document.querySelector("#count");
search.addEventListener("input", () => {
  const wanted = search.value.toLowerCase();
  let shown = 0;
  for (const row of body.rows) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    shown += row.hidden ? 0 : 1;
  }
  count.textContent = wanted ? `${shown} of ${body.rows.length}` : "";
});
