// Saves each answer as it is chosen. What cannot be sent waits here and in the browser's storage, until it can.
// Without this script the pages work too: Continue saves them.

const form = document.querySelector("[data-answering]");
const line = document.querySelector("[data-saveline]");
const PAUSES = [1000, 2000, 5000, 10000, 20000]; // milliseconds before the next try; the last one repeats
const TYPING = 1200;

// The queue: question → { answer, was }. `was` is what this browser took for saved on the server.
const store = {
  key: (invitation) => `answers-waiting-${invitation}`,
  read(invitation) {
    try { return JSON.parse(localStorage.getItem(this.key(invitation))) || {}; } catch { return {}; }
  },
  write(invitation, queue) {
    try {
      if (Object.keys(queue).length) localStorage.setItem(this.key(invitation), JSON.stringify(queue));
      else localStorage.removeItem(this.key(invitation));
    } catch { /* A locked-down browser keeps no storage: the queue lives in this page only. */ }
  },
};

const sent = document.querySelector("[data-answering-sent]");
if (sent) store.write(sent.dataset.answeringSent, {});

if (form && line) answering(form.dataset.answering);

function answering(invitation) {
  const queue = store.read(invitation);
  const questions = new Map([...form.querySelectorAll("[data-question]")].map((box) => [box.dataset.question, box]));
  let sending = null; // the question on its way
  let failures = 0;
  let timer = 0;
  let ended = "";
  let savedAt = "";

  const waiting = () => Object.keys(queue).length > 0;
  const saved = (box) => box.querySelector("input[type=hidden][name^='was-']");
  const answerOf = (box) => box.querySelector("textarea")?.value.trim() ?? box.querySelector("input:checked")?.value ?? "";

  function show(box, state) {
    const mark = box?.querySelector("[data-mark]");
    if (!mark) return;
    if (state === "saved") mark.replaceChildren(document.querySelector("[data-mark-saved]").content.cloneNode(true));
    else mark.replaceChildren(Object.assign(document.createElement("span"), { className: "cg-q__wait", textContent: line.dataset[state] || "" }));
  }

  function told(box, words) {
    let note = box.querySelector(".cg-q__note");
    if (!note) {
      note = Object.assign(document.createElement("span"), { className: "cg-q__note" });
      note.setAttribute("role", "status");
      box.querySelector("legend, label").append(note);
    }
    note.textContent = words;
  }

  function tell() {
    const stuck = ended || (failures > 0 && waiting());
    line.hidden = questions.size === 0 && !stuck && !waiting();
    line.classList.toggle("cg-saveline--waiting", Boolean(stuck));
    const state = stuck ? "waiting" : waiting() ? "saving" : "saved";
    const head = document.createElement("span");
    head.className = state === "saved" ? "cg-saved" : "cg-strong";
    head.textContent = line.dataset[state];
    if (state === "saved") head.replaceChildren(...document.querySelector("[data-mark-saved]").content.cloneNode(true).querySelector(".cg-saved").childNodes);
    const done = [...questions.values()].filter((box) => saved(box).value !== "").length;
    const words = ended || (stuck ? line.dataset.offline : savedAt ? line.dataset.last : line.dataset.count);
    const rest = document.createElement("span");
    rest.className = "cg-soft";
    rest.textContent = questions.size || stuck
      ? words.replace("{done}", done).replace("{all}", questions.size).replace("{time}", savedAt) : "";
    if (line.textContent !== `${head.textContent} ${rest.textContent}`) line.replaceChildren(head, " ", rest);
    if (state === "saved" && done === 0) line.hidden = true;
  }

  function enqueue(question, answer) {
    const box = questions.get(question);
    const known = saved(box).value;
    if (answer === known && sending !== question) delete queue[question];
    else queue[question] = { answer, was: queue[question]?.was ?? known };
    store.write(invitation, queue);
    show(box, question in queue ? (failures ? "waiting" : "saving") : answer ? "saved" : "");
    tell();
    flush();
  }

  async function flush() {
    if (sending || ended || !waiting()) return;
    clearTimeout(timer);
    const question = Object.keys(queue)[0];
    const { answer, was } = queue[question];
    sending = question;
    let status = 0;
    let elsewhere = "";
    try {
      const reply = await fetch(form.dataset.save, {
        method: "POST",
        keepalive: true,
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
        body: new URLSearchParams({ question, answer, was }),
      });
      status = reply.status;
      if (status === 200) elsewhere = (await reply.json()).elsewhere;
    } catch { status = 0; }
    sending = null;
    if (status === 200 || status === 204) wasSaved(question, answer, elsewhere);
    else if (status === 0 || status === 429 || status >= 500) later();
    else stop(question, status);
  }

  function wasSaved(question, answer, elsewhere) {
    const box = questions.get(question);
    const again = queue[question].answer !== answer; // chosen anew while the first was on its way
    if (again) queue[question].was = answer;
    else delete queue[question];
    store.write(invitation, queue);
    failures = 0;
    savedAt = new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(/\s/g, "").replace(":", ".");
    if (box) {
      saved(box).value = answer;
      if (!again) show(box, answer ? "saved" : "");
      if (elsewhere) told(box, line.dataset.elsewhere.replace("{other}", elsewhere));
    }
    tell();
    if (!waiting()) form.dispatchEvent(new CustomEvent("answers-saved"));
    flush();
  }

  function later() {
    timer = setTimeout(flush, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
    for (const question of Object.keys(queue)) show(questions.get(question), "waiting");
    tell();
  }

  function stop(question, status) {
    show(questions.get(question), "waiting");
    ended = status === 410 ? line.dataset.ended : line.dataset.refused;
    if (status === 410 || status === 400) { // Trying again could never help.
      delete queue[question];
      store.write(invitation, queue);
    }
    tell();
  }

  for (const [question, box] of questions) {
    const left = queue[question];
    if (left) { // chosen before this page was loaded, and not sent yet
      const option = [...box.querySelectorAll("input[type=radio]")].find((radio) => radio.value === left.answer);
      if (option) option.checked = true;
      const text = box.querySelector("textarea");
      if (text) text.value = left.answer;
      show(box, "saving");
    }
    let pause = 0;
    box.addEventListener("change", () => { clearTimeout(pause); enqueue(question, answerOf(box)); });
    box.addEventListener("input", (event) => {
      if (!event.target.matches("textarea")) return;
      clearTimeout(pause);
      pause = setTimeout(() => enqueue(question, answerOf(box)), TYPING);
    });
  }

  // Leaving while something waits would lead to the browser's own error page; stay until there is a connection.
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (!waiting() || leaving || ended) return;
    if (questions.size && !failures && navigator.onLine) return; // Continue carries the page's answers itself
    event.preventDefault();
    event.stopPropagation(); // this press does not count as the first of two
    leaving = true;
    const button = event.submitter;
    form.addEventListener("answers-saved", () => form.requestSubmit(button), { once: true });
    clearTimeout(timer);
    flush();
  });
  form.addEventListener("answers-saved", () => {
    if (!questions.size && !leaving) location.reload(); // the counts on this page have changed
  });
  addEventListener("online", () => { clearTimeout(timer); flush(); });

  tell();
  flush();
}
