// Small help with forms; every form works without it.
// An error summary takes the focus, so that a screen reader and the keyboard start there.
document.querySelector("[data-error-summary]")?.focus();

// A field with a maximum length says how much is left, once it matters.
function countDown(field) {
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.hidden = true;
  field.after(counter);
  const say = () => {
    const left = field.maxLength - [...field.value].length;
    counter.hidden = left > field.maxLength / 5;
    counter.textContent = document.documentElement.dataset.wordLeft.replace("{n}", left);
    counter.toggleAttribute("data-over", left <= 0);
  };
  field.addEventListener("input", say);
  say();
}

document.querySelectorAll("textarea[maxlength], input[type=text][maxlength]").forEach(countDown);

// A choice that refines a list is applied at once where the form asks for it (data-apply-at-once).
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-apply-at-once]");
  if (form) form.requestSubmit();
});

// Autosave by htmx reports in words: <p data-autosave data-word-saving data-word-saved data-word-failed>.
function report(state) {
  for (const line of document.querySelectorAll("[data-autosave]")) {
    const said = line.dataset[`word${state[0].toUpperCase()}${state.slice(1)}`];
    if (!said) continue;
    line.dataset.state = state;
    line.textContent = said;
  }
}

function saves(event) {
  return event.target.closest("[data-autosaved]") !== null;
}

document.addEventListener("htmx:beforeRequest", (event) => saves(event) && report("saving"));
document.addEventListener("htmx:afterRequest", (event) => {
  if (saves(event)) report(event.detail.successful ? "saved" : "failed");
});
