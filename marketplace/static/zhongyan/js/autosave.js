// The editor saves by itself (htmx). A press of "Save" must not race a save that is still under way:
// it waits for the answer, which brings the new version, and no further save starts once the page is left.
const form = document.querySelector("form[data-autosaved]");
let leaving = false;

form?.addEventListener("submit", (event) => {
  if (!form.classList.contains("htmx-request")) {
    leaving = true;
    return;
  }
  event.preventDefault();
  const pressed = event.submitter;
  form.addEventListener("htmx:afterRequest", () => setTimeout(() => form.requestSubmit(pressed)), { once: true });
});

document.addEventListener("htmx:beforeRequest", (event) => leaving && event.preventDefault());
window.addEventListener("pageshow", () => {
  leaving = false;
});
