// "Add a row" for tables in forms. Without this the blank rows the server sends suffice.
function add(button) {
  const prefix = button.dataset.addRow;
  const rows = document.querySelector(`[data-rows="${prefix}"]`);
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const most = document.getElementById(`id_${prefix}-MAX_NUM_FORMS`);
  const pattern = rows.querySelector("template[data-row]");
  const blank = document.createElement("template");
  blank.innerHTML = pattern.innerHTML.replaceAll("__prefix__", total.value);
  const row = blank.content.firstElementChild;
  pattern.before(row);
  total.value = Number(total.value) + 1;
  button.hidden = Number(total.value) >= Number(most.value);
  row.querySelector("input, select")?.focus();
}

for (const button of document.querySelectorAll("[data-add-row]")) {
  button.hidden = false;
  button.addEventListener("click", () => add(button));
}
