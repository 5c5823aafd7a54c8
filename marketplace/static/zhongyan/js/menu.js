// Menus are <details> and open without this. With it they also close: by Escape, by a click elsewhere.
function shut(menu) {
  menu.removeAttribute("open");
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) shut(menu);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    shut(menu);
    menu.querySelector("summary").focus();
  }
});

// A filter panel stands open beside the list on a wide screen and folds above it on a narrow one.
const wide = window.matchMedia("(min-width: 60rem)");

function place() {
  for (const panel of document.querySelectorAll("details.filters")) {
    panel.toggleAttribute("open", wide.matches);
  }
}

place();
wide.addEventListener("change", place);
