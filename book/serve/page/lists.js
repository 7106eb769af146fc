// The lists beside the text, and links into an editor.

export function make(tag, attributes, ...children) {
  const node = Object.assign(document.createElement(tag), attributes);
  node.append(...children);
  return node;
}

// How editors are asked for a file and a line.
const EDITORS = {
  "VS Code": (path, line) => `vscode://file${path}:${line}`,
  "VSCodium": (path, line) => `vscodium://file${path}:${line}`,
  "Cursor": (path, line) => `cursor://file${path}:${line}`,
  "Zed": (path, line) => `zed://file${path}:${line}`,
  "JetBrains": (path, line) => `idea://open?file=${path}&line=${line}`,
  "Sublime Text": (path, line) => `subl://open?url=file://${path}&line=${line}`,
  "TextMate": (path, line) => `txmt://open?url=file://${path}&line=${line}`,
};
const KEPT = "chapbook-editor";
const editor = () => (localStorage.getItem(KEPT) in EDITORS ? localStorage.getItem(KEPT) : "VS Code");

// A link that opens the line in the reader's editor; plain text where the folder isn't told.
export function editorLink(folder, path, line, words) {
  if (!folder) return make("span", {}, words === "Edit" ? "" : words);
  const whole = encodeURI(`${folder}/${path}`).replace(/[?#]/g, encodeURIComponent);
  const href = EDITORS[editor()](whole, line || 1);
  return make("a", { href, title: `Open in ${editor()}` }, words);
}

const LISTS = {
  async contents(state, link) {
    const rows = [];
    for (const one of state.now.chapters) {
      const page = one.page === null ? "" : state.now.labels[one.page] ?? "";
      rows.push(make("li", {}, make("span", { className: "far" }, page),
        link(one.slug, one.number ? `${one.number}  ${one.title}` : one.title)));
      for (const head of one.headings) {
        rows.push(make("li", { className: head.level > 2 ? "deep" : "sub" }, link(head.id, head.text)));
      }
    }
    return [make("ul", {}, ...rows)];
  },
  async chronology(state, link) {
    const { chronology = [] } = await asked("/lists");
    if (!chronology.length) return ["No dates are marked: [10 May 1910](when:1910-05-10) marks one."];
    return [make("dl", {}, ...chronology.flatMap((one) =>
      [make("dt", {}, one.when), make("dd", {}, link(one.at[0], one.what))]))];
  },
  async people(state, link) {
    const { people = [] } = await asked("/lists");
    if (!people.length) return ["Nobody is listed: [people] in book.toml names them."];
    return [make("dl", {}, ...people.flatMap((one) => [
      make("dt", {}, one.name),
      make("dd", {}, one.about ? `${one.about}. ` : "",
        ...one.at.flatMap((id, at) => [link(id, String(at + 1), `${one.name}, place ${at + 1}`), " "])),
    ]))];
  },
  async notes(state, link) {
    const notes = state.chapter?.notes ?? [];
    if (!notes.length) return ["This chapter has no notes."];
    return [make("ul", {}, ...notes.map((one) =>
      make("li", {}, link(one.at, one.number, `Note ${one.number}`), ` ${one.text}`)))];
  },
  async words(state, link) {
    const chapters = state.now.chapters.filter((one) => one.words);
    const most = Math.max(1, ...chapters.map((one) => one.words));
    const sum = (what) => chapters.reduce((all, one) => all + one[what], 0);
    const grown = (n) => (n ? (n > 0 ? `+${n}` : `−${-n}`) : "");
    const row = (name, words, more, tag = "td") => make("tr", {}, make(tag, {}, ...name),
      make("td", {}, words.toLocaleString()), make("td", {}, grown(more)));
    const head = make("tr", {}, ...["Chapter", "Words", "Added"].map((one) =>
      make("th", { scope: "col" }, one)));
    return [make("table", {}, head, ...chapters.map((one) => row(
      [link(one.slug, one.title), make("meter", { max: most, value: one.words, ariaLabel: one.title })],
      one.words, one.grown)), row(["All"], sum("words"), sum("grown"), "th")),
    make("p", {}, "Added since the desk was opened; notes count.")];
  },
  async help(state) {
    const keys = [["j k", "next and last paragraph, or page"], ["Enter", "from the text to its page, and back"],
      ["e", "open the paragraph in the editor"], ["+ −", "size of the pages, when they have the focus"],
      ["Esc", "close a list"]];
    const select = make("select", { id: "cb--editor" },
      ...Object.keys(EDITORS).map((one) => make("option", { selected: one === editor() }, one)));
    select.addEventListener("change", () => localStorage.setItem(KEPT, select.value));
    return [make("dl", {}, ...keys.flatMap(([key, what]) => [
      make("dt", {}, ...key.split(" ").flatMap((one) => [make("kbd", {}, one), " "])),
      make("dd", {}, what)])),
    make("p", {}, make("label", {}, "Editor ", select)),
    make("p", {}, "Click a paragraph to see its page, and a page to see its paragraph.")];
  },
};

const asked = async (path) => (await fetch(path)).json();

export async function fillList(name, state, go) {
  const link = (id, words, label) => {
    const one = make("a", { href: `#${id}`, dir: "auto" }, words);
    if (label) one.setAttribute("aria-label", label);
    one.addEventListener("click", (event) => { event.preventDefault(); go(id); });
    return one;
  };
  const list = document.getElementById("cb--list");
  const title = name[0].toUpperCase() + name.slice(1);
  const made = await LISTS[name](state, link);
  // What is of the book runs as its language does, and is read in it; what is ours doesn't.
  const of = { contents: state.now, chronology: state.now, people: state.now, notes: state.chapter }[name];
  for (const one of made) if (of && one.nodeType) Object.assign(one, { lang: of.language, dir: of.direction });
  const scroll = list.scrollTop;
  list.replaceChildren(make("h2", {}, title), ...made);
  list.scrollTop = scroll;
}
