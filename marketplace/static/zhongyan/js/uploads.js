// How far a file has come on its way, where the form sends it by htmx: <form data-upload> with [data-upload-progress].
document.addEventListener("htmx:xhr:progress", (event) => {
  const line = event.target.closest("[data-upload]")?.querySelector("[data-upload-progress]");
  if (!line || !event.detail.lengthComputable) return;
  const share = Math.floor((100 * event.detail.loaded) / event.detail.total);
  line.hidden = false;
  line.querySelector("progress").value = share;
  const word = line.querySelector("[data-word-examined]");
  if (share === 100) word.textContent = word.dataset.wordExamined;
});

// What was said above the form of the file before is over.
document.addEventListener("htmx:beforeRequest", (event) => {
  const section = event.target.closest("[data-upload]")?.closest("section");
  while (section?.previousElementSibling?.matches("[data-too-large]")) section.previousElementSibling.remove();
});

// Where the form stays as it is, as with a file that is too large, nothing is under way any more.
document.addEventListener("htmx:afterRequest", (event) => {
  const line = event.target.closest("[data-upload]")?.querySelector("[data-upload-progress]");
  if (line) line.hidden = true;
});
