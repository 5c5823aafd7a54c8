// "Copy the address" and "Print". Without this the address stands there to be copied, and the browser prints.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.wordDone;
    document.querySelector("[data-live-announcer]").textContent = button.dataset.wordDone;
    setTimeout(() => { button.textContent = words; }, 3000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
