// The weighted total of a scoring form while points are typed. The server works it out anew when scores are locked.
const total = document.querySelector("[data-score-total]");
const fields = [...document.querySelectorAll("[data-score-weight]")];

function points(field) {
  const given = field.value.trim();
  return /^\d{1,3}$/.test(given) && Number(given) <= 100 ? Number(given) : null;
}

function say() {
  const given = fields.map(points);
  // Weights are whole percents, so the sum is in hundredths of a point: no rounding.
  const hundredths = given.reduce((sum, one, place) => sum + one * Number(fields[place].dataset.scoreWeight), 0);
  total.textContent = given.includes(null) ? total.dataset.wordIncomplete : (hundredths / 100).toFixed(2);
}

if (total && fields.length > 0) {
  fields.forEach((field) => field.addEventListener("input", say));
  say();
}
