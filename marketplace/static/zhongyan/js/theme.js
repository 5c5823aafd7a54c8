// The brightness switch: follow the system, light, dark. The choice is a cookie, so that the server
// writes it into <html data-theme> and no page flashes.
const button = document.querySelector("[data-theme-switch]");
const ORDER = ["auto", "light", "dark"];

function chosen() {
  const found = document.cookie.match(/(?:^|;\s*)theme=(light|dark)/);
  return found ? found[1] : "auto";
}

function show(theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  const words = button.dataset[`word${theme[0].toUpperCase()}${theme.slice(1)}`];
  button.setAttribute("aria-label", words);
  button.title = words;
  for (const icon of button.querySelectorAll("[data-theme-icon]")) {
    icon.toggleAttribute("hidden", icon.dataset.themeIcon !== theme);
  }
}

function keep(theme) {
  const life = theme === "auto" ? 0 : 31536000;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
}

if (button) {
  button.hidden = false;
  show(chosen());
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length];
    keep(next);
    show(next);
  });
}
