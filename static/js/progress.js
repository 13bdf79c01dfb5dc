// Fetches the state of a long job every two seconds until it has ended. Without it there is a “Refresh” link.
const pause = 2000;

async function renew(fragment) {
  let fresh = null;
  try {
    const answer = await fetch(fragment.dataset.progressUrl, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fresh = page.getElementById(fragment.id);
    }
  } catch {
    fresh = null; // No network for a moment: the next round tries again.
  }
  if (fresh && !fresh.hasAttribute("data-progress-url")) {
    location.reload(); // It has ended, and the page around it has more to say.
    return;
  }
  if (fresh) fragment.replaceWith(fresh);
  setTimeout(renew, pause, fresh || fragment);
}

for (const fragment of document.querySelectorAll("[data-progress-url]")) setTimeout(renew, pause, fragment);
