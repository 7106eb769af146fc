// The desk. It only looks: every request is a GET, and what it shows is the server's.
import { fillList, editorLink, make } from "/desk/lists.js";

const $ = (name) => document.getElementById(`cb--${name}`);
const text = $("text"), article = $("article"), print = $("pages");
const state = { now: null, chapter: null, block: 0, page: 0, zoom: 1, two: false, together: true };
let leader = text;            // the pane that the reader moves; the other follows
let width = 0;                // of a page at this size, in CSS pixels

const get = async (path) => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};
const say = (words) => { $("status").textContent = words; };
const blockOf = (node) => node.closest?.("[data-b]");
const blockAt = (number) => article.querySelector(`[data-b="${number}"]`);

// ---- what the server says ------------------------------------------------------------------

async function refresh() {
  const before = state.now;
  const now = state.now = await get("/state");
  document.title = now.title || "The desk";
  $("title").textContent = now.title || "The desk";
  document.documentElement.lang = "en";
  fillChapters(now.chapters);
  fillFindings(now.findings);
  $("trouble").hidden = !now.trouble;
  $("trouble").textContent = now.trouble && (now.pages || now.text
    ? `What you see is the last that could be set. ${now.trouble}` : now.trouble);
  say(now.trouble ? "Something is wrong" : now.setting ? "Setting…" : "");
  if (now.text !== before?.text || now.pages !== before?.pages) await showChapter(slugNow(), true);
  if (now.pages !== before?.pages || !before) {
    layPages();
    if (state.together && leader === text && before) await follow(false);
  }
  const open = document.querySelector("[data-list][aria-expanded=true]");
  if (open && now.text !== before?.text) fillList(open.dataset.list, state, go);
}

function slugNow() {
  const named = decodeURIComponent(location.hash.slice(1)).split(".")[0];
  const slugs = state.now.chapters.map((one) => one.slug);
  return [state.chapter?.slug, named].find((one) => slugs.includes(one))
    ?? state.now.chapters.find((one) => one.number)?.slug ?? slugs[0];
}

function fillChapters(chapters) {
  const select = $("chapter");
  select.replaceChildren(...chapters.map((one) => make("option",
    { value: one.slug }, one.number ? `${one.number}  ${one.title}` : one.title)));
  if (state.chapter) select.value = state.chapter.slug;
}

function fillFindings(findings) {
  const errors = findings.filter((one) => one.severity === "error").length;
  const count = (n, word) => n ? `${n} ${word}${n > 1 ? "s" : ""}` : "";
  $("count").textContent = [count(errors, "error"), count(findings.length - errors, "warning")]
    .filter(Boolean).join(", ") || "Nothing is wrong.";
  $("found").replaceChildren(...findings.map((one) => {
    const place = [one.path, one.line, one.column].filter(Boolean).join(":");
    const link = make("a", { href: "#" }, place);
    link.addEventListener("click", (event) => { event.preventDefault(); goLine(one.path, one.line); });
    return make("li", {}, link, " ", make("span", { className: one.severity }, one.code), " ",
      one.message, " ", make("span", { className: "hint" }, one.hint), " ",
      editorLink(state.now.folder, one.path, one.line, "Edit"));
  }));
}

// ---- the text ------------------------------------------------------------------------------

async function showChapter(slug, stay) {
  if (!slug) return;
  const same = state.chapter?.slug === slug;
  const chapter = await get(`/chapters/${encodeURIComponent(slug)}`).catch(() => null);
  if (!chapter) return;
  const fresh = make("div", {});
  fresh.innerHTML = chapter.html;
  article.lang = chapter.language;
  article.dir = chapter.direction;
  const chosen = article.querySelector(".here") !== null;
  if (same && stay) keepPlace(() => exchange(fresh));
  else { article.replaceChildren(...fresh.childNodes); text.scrollTop = 0; state.block = 0; }
  state.chapter = chapter;
  $("chapter").value = slug;
  for (const one of article.querySelectorAll("[data-b]")) one.tabIndex = -1;
  const number = Math.min(state.block, chapter.blocks.length - 1);
  mark(number, false);
  // Nobody has chosen the title of a chapter that has just been opened.
  if (!(same && stay && chosen)) blockAt(number)?.classList.remove("here");
}

// Only what differs is exchanged: what stays is not drawn anew, nor is a selection lost.
function exchange(fresh) {
  const bare = (node) => (node.outerHTML ?? node.textContent)
    .replace(/ (?:data-b|tabindex|class)="[^"]*"/g, "");
  const old = [...article.childNodes], next = [...fresh.childNodes];
  let start = 0, end = 0;
  while (start < old.length && start < next.length && bare(old[start]) === bare(next[start])) start++;
  while (end < old.length - start && end < next.length - start
    && bare(old.at(-1 - end)) === bare(next.at(-1 - end))) end++;
  const behind = old[old.length - end] ?? null;
  const numbered = [...next.slice(0, start), ...next.slice(next.length - end)];
  const kept = [...old.slice(0, start), ...old.slice(old.length - end)];
  for (const one of old.slice(start, old.length - end)) one.remove();
  kept.forEach((one, at) => renumber(one, numbered[at]));
  for (const one of next.slice(start, next.length - end)) {
    article.insertBefore(one, behind);
    if (one.dataset?.b) one.classList.add("new");
  }
}

function renumber(kept, fresh) {
  if (!kept.querySelectorAll) return;
  const all = (node) => [node, ...node.querySelectorAll("[data-b]")].filter((one) => one.dataset.b);
  const numbers = all(fresh).map((one) => one.dataset.b);
  all(kept).forEach((one, at) => { one.dataset.b = numbers[at]; one.classList.remove("new"); });
}

// The block at the top of the text, and the one that is marked, stay where they are.
function keepPlace(change) {
  const top = text.getBoundingClientRect().top;
  const seen = [...article.querySelectorAll("[data-b]")]
    .find((one) => one.getBoundingClientRect().bottom > top + 4);
  const before = seen?.getBoundingClientRect().top;
  const marked = blockAt(state.block);
  const focused = document.activeElement === marked;
  const words = seen?.textContent;
  change();
  let still = seen?.isConnected ? seen : null;
  if (seen && !still) {
    const same = [...article.querySelectorAll("[data-b]")];
    still = same.find((one) => one.textContent === words) ?? blockAt(seen.dataset.b);
  }
  if (still) text.scrollTop += still.getBoundingClientRect().top - before;
  if (marked?.isConnected) state.block = Number(marked.dataset.b);
  if (focused) blockAt(state.block)?.focus({ preventScroll: true });
}

function mark(number, focus) {
  for (const one of article.querySelectorAll(".here")) { one.classList.remove("here"); one.tabIndex = -1; }
  const block = blockAt(number);
  if (!block) return;
  state.block = number;
  block.classList.add("here");
  block.tabIndex = 0;
  if (focus) { block.focus({ preventScroll: true }); inView(text, block); }
  const line = state.chapter.blocks[number]?.[0] ?? 0;
  const link = editorLink(state.now.folder, state.chapter.path, line, `${state.chapter.path}:${line}`);
  link.id = "cb--place";
  $("place").replaceWith(link);
}

function inView(pane, node) {
  const outer = pane.getBoundingClientRect(), inner = node.getBoundingClientRect();
  if (inner.top < outer.top || inner.top > outer.bottom - 60) {
    pane.scrollTop += inner.top - outer.top - outer.height / 4;
  }
}

async function go(id) {
  const slug = id.split(".")[0];
  if (state.chapter?.slug !== slug) await showChapter(slug, false);
  const target = document.getElementById(id);
  const block = target && (blockOf(target) ?? target.querySelector("[data-b]"));
  if (!block) return;
  leader = text;
  show("text");
  mark(Number(block.dataset.b), true);
  await follow(true);
}

async function goLine(path, line) {
  const chapter = state.now.chapters.find((one) => one.path === path);
  if (!chapter) return;
  if (state.chapter.slug !== chapter.slug) await showChapter(chapter.slug, false);
  const blocks = state.chapter.blocks;
  let best = 0;
  blocks.forEach(([at], number) => { if (at <= line && at >= blocks[best][0]) best = number; });
  leader = text;
  show("text");
  mark(best, true);
  await follow(true);
}

// ---- the pages -----------------------------------------------------------------------------

const drawn = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) draw(one.target);
}, { root: print, rootMargin: "120%" });

function layPages() {
  const sizes = state.now.sizes;
  const room = print.clientWidth - 44;
  width = Math.max(80, (state.two ? room / 2 - 1 : Math.min(room, 760)) * state.zoom);
  $("zoom").textContent = `${Math.round(state.zoom * 100)} %`;
  $("of").textContent = sizes.length ? `of ${sizes.length}` : "";
  const spot = place();
  const leaves = new Map([...print.querySelectorAll(".leaf[data-page]")]
    .map((one) => [Number(one.dataset.page), one]));
  const rows = [];
  sizes.forEach((size, number) => {
    const leaf = leaves.get(number) ?? newLeaf(number);
    leaf.style.width = `${width}px`;
    leaf.style.height = `${width * size[1] / size[0]}px`;
    const label = state.now.labels[number];
    leaf.setAttribute("aria-label", label ? `Page ${label}` : `Leaf ${number + 1}, without a number`);
    // An odd page stands beside the one before it, on the side to which the language runs.
    if (state.two && number % 2 === 0 && number) rows.at(-1).append(leaf);
    else rows.push(make("div", { className: "row", dir: state.now.direction }, leaf));
  });
  if (state.two && rows[0]) {
    const blank = make("div", { className: "leaf none" });
    blank.style.width = `${width}px`;
    rows[0].prepend(blank);
  }
  print.replaceChildren(...rows);
  restore(spot);
  for (const leaf of print.querySelectorAll(".leaf[data-page]")) { drawn.unobserve(leaf); drawn.observe(leaf); }
}

function newLeaf(number) {
  const leaf = make("div", { className: "leaf", tabIndex: -1 });
  leaf.setAttribute("role", "img");
  leaf.dataset.page = number;
  return leaf;
}

function draw(leaf) {
  const pixels = Math.ceil(width * devicePixelRatio / 50) * 50;
  const wanted = `/pages/${leaf.dataset.page}.png?v=${state.now.pages}&w=${pixels}`;
  if (leaf.dataset.wanted === wanted) return;
  leaf.dataset.wanted = wanted;
  const image = new Image();
  image.alt = "";
  image.src = wanted;
  image.decode().then(() => {
    if (leaf.dataset.wanted !== wanted) return;
    leaf.querySelector("img")?.remove();
    leaf.prepend(image);
  }, () => { delete leaf.dataset.wanted; });
}

// Where the pages are: the leaf at a line across the pane, and how much of it is above that.
function place(down = 0) {
  const pane = print.getBoundingClientRect();
  const top = pane.top + pane.height * down;
  for (const leaf of print.querySelectorAll(".leaf[data-page]")) {
    const box = leaf.getBoundingClientRect();
    if (box.bottom > top + 8) return { page: Number(leaf.dataset.page), part: Math.min(Math.max((top - box.top) / box.height, 0), 1) };
  }
  return null;
}

function restore(spot) {
  const leaf = spot && leafAt(Math.min(spot.page, state.now.sizes.length - 1));
  if (!leaf) return;
  const box = leaf.getBoundingClientRect();
  print.scrollTop += box.top - print.getBoundingClientRect().top + spot.part * box.height;
}

const leafAt = (number) => print.querySelector(`[data-page="${number}"]`);

// The pages follow the text: to the block that is marked, or to the first that is seen.
async function follow(exact) {
  if (!state.chapter || !state.now.sizes.length) return;
  const found = await get(`/chapters/${encodeURIComponent(state.chapter.slug)}/${state.block}`)
    .catch(() => null);
  if (!found || found.page === null) return;
  const leaf = leafAt(found.page);
  if (!leaf) return;
  for (const one of print.querySelectorAll(".band")) one.remove();
  const box = leaf.getBoundingClientRect(), outer = print.getBoundingClientRect();
  let at = box.top;
  if (found.band) {
    const [top, bottom] = found.band;
    const band = make("div", { className: "band" });
    band.style.top = `${top * 100}%`;
    band.style.height = `${Math.max(bottom - top, 0.005) * 100}%`;
    leaf.append(band);
    at = box.top + top * box.height;
  }
  state.page = found.page;
  $("goto").value = state.now.labels[found.page] || "";
  if (exact || at < outer.top || at > outer.bottom - 40) {
    print.scrollTop += (found.band ? at - outer.height / 4 : at) - outer.top;
  }
}

async function fromPage(number, x, y) {
  const found = await get(`/pages/${number}/at?x=${x.toFixed(4)}&y=${y.toFixed(4)}`).catch(() => null);
  if (!found?.slug || found.block === null) { say("This page is made, not written."); return; }
  if (state.chapter?.slug !== found.slug) await showChapter(found.slug, false);
  mark(found.block, false);
  const block = blockAt(found.block);
  if (block) inView(text, block);
  return found;
}

// ---- moving together -----------------------------------------------------------------------

for (const pane of [text, print]) {
  for (const kind of ["pointerdown", "wheel", "touchstart", "keydown", "focusin"]) {
    pane.addEventListener(kind, () => { leader = pane; }, { passive: true });
  }
}
let waiting = 0;
const later = (work) => { clearTimeout(waiting); waiting = setTimeout(work, 120); };

text.addEventListener("scroll", () => {
  if (leader !== text || !state.together) return;
  later(async () => {
    const top = text.getBoundingClientRect().top;
    const marked = blockAt(state.block)?.getBoundingClientRect();
    if (!marked || marked.bottom < top || marked.top > text.getBoundingClientRect().bottom) {
      const seen = [...article.querySelectorAll("[data-b]")]
        .find((one) => one.getBoundingClientRect().top >= top);
      if (seen) mark(Number(seen.dataset.b), false);
    }
    await follow(false);
  });
});
print.addEventListener("scroll", () => {
  const spot = place(0.3);
  if (spot) $("goto").value = state.now.labels[spot.page] || "";
  if (leader !== print || !state.together || !spot) return;
  later(() => fromPage(spot.page, 0.4, spot.part));
});

// ---- hands ---------------------------------------------------------------------------------

article.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) { event.preventDefault(); go(decodeURIComponent(link.getAttribute("href").slice(1))); return; }
  const block = blockOf(event.target);
  if (!block || event.target.closest("a") || String(getSelection())) return;
  mark(Number(block.dataset.b), true);
  follow(true);
});
print.addEventListener("click", (event) => {
  const leaf = event.target.closest(".leaf[data-page]");
  if (!leaf) return;
  const box = leaf.getBoundingClientRect();
  fromPage(Number(leaf.dataset.page), (event.clientX - box.left) / box.width,
    (event.clientY - box.top) / box.height).then((found) => found && follow(false));
});
text.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) { event.preventDefault(); mark(state.block + step, true); if (state.together) follow(false); }
  if (event.key === "Enter") { event.preventDefault(); show("pages"); follow(true).then(() => print.focus({ preventScroll: true })); }
  if (event.key === "e") $("place").click();
});
print.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const spot = place(0.3);
  if (!spot) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) leafAt(spot.page + (state.two ? 2 : 1) * step)?.scrollIntoView();
  if (event.key === "Enter") {
    fromPage(spot.page, 0.4, spot.part).then((found) => {
      if (found) { show("text"); leader = text; mark(state.block, true); }
    });
  }
  if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.2 : 1 / 1.2);
});

const zoom = (by) => { state.zoom = Math.min(Math.max(state.zoom * by, 0.3), 5); layPages(); };
const toggle = (name, work) => $(name).addEventListener("click", () => {
  state[name] = !state[name];
  $(name).setAttribute("aria-pressed", String(state[name]));
  work();
});
$("more").addEventListener("click", () => zoom(1.2));
$("less").addEventListener("click", () => zoom(1 / 1.2));
toggle("two", layPages);
toggle("together", () => state.together && follow(false));
$("goto").addEventListener("change", () => {
  const wanted = $("goto").value.trim();
  const number = state.now.labels.indexOf(wanted);
  leader = print;
  if (number >= 0) leafAt(number).scrollIntoView();
});
$("chapter").addEventListener("change", (event) => go(event.target.value));

function show(what) {
  const pages = what === "pages", was = document.body.classList.contains("pages");
  document.body.classList.toggle("pages", pages);
  $("show-text").setAttribute("aria-pressed", String(!pages));
  $("show-pages").setAttribute("aria-pressed", String(pages));
  if (pages && !was) layPages();
}
$("show-text").addEventListener("click", () => show("text"));
$("show-pages").addEventListener("click", () => { show("pages"); follow(true); });

$("tabs").addEventListener("click", (event) => {
  const button = event.target.closest("[data-list]");
  if (!button) return;
  const opens = button.getAttribute("aria-expanded") !== "true";
  closeList();
  if (!opens) return;
  button.setAttribute("aria-expanded", "true");
  $("list").hidden = false;
  $("list").setAttribute("aria-label", button.textContent);
  fillList(button.dataset.list, state, (id) => {
    if (matchMedia("(max-width: 56rem)").matches) closeList();
    return go(id);
  });
});
function closeList() {
  for (const one of document.querySelectorAll("[data-list]")) one.setAttribute("aria-expanded", "false");
  $("list").hidden = true;
}
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || $("list").hidden) return;
  const button = document.querySelector("[data-list][aria-expanded=true]");
  closeList();
  button?.focus();
});
let sized = 0;
let room = 0;
// A list that opens takes room from the pages as a smaller window does.
new ResizeObserver(() => {
  if (print.offsetWidth === room || !print.offsetWidth) return;
  room = print.offsetWidth;
  clearTimeout(sized);
  sized = setTimeout(() => state.now && layPages(), 100);
}).observe(print);

// ---- word of changes -----------------------------------------------------------------------

let busy = false, again = false;
async function heard() {
  again = true;
  if (busy) return;
  busy = true;
  while (again) { again = false; await refresh().catch(() => say("No answer")); }
  busy = false;
}
const bell = new EventSource("/events");
bell.onmessage = heard;
bell.onerror = () => say("The desk is closed: start book serve again.");
