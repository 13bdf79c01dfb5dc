// The few lines of script that every page shares. Everything here makes a page nicer; nothing here is needed.

// After a form came back with errors, people using a keyboard or a screen reader start at the summary.
const summary = document.querySelector(".govuk-error-summary");
if (summary) summary.focus();

// A link in the summary goes to the field itself, with the question still in sight.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".govuk-error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const words = field.closest("fieldset")?.querySelector("legend") || field.labels?.[0] || field;
  words.scrollIntoView();
  field.focus({ preventScroll: true });
});

// Two quick presses send a form once.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const last = sent.get(event.target) ?? -Infinity;
  if (event.timeStamp - last < 1000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});

// “Show” beside a password.
for (const toggle of document.querySelectorAll("[data-shows-password]")) {
  const input = document.getElementById(toggle.getAttribute("aria-controls"));
  if (!input) continue;
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    toggle.firstElementChild.textContent = shown ? toggle.dataset.hide : toggle.dataset.show;
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}
