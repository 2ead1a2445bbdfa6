// What the framework leaves out: names its menu button and the language, closes the menu, and shows a door on the whole screen.
const NARROW = 768; // pixels: below it the menu lies over the page

function closeMenu() {
  const open = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
  const found = open && open.querySelector('[data-testid="stSidebarCollapseButton"]');
  const button = found && (found.matches("button") ? found : found.querySelector("button"));
  if (!button || window.innerWidth >= NARROW) return false;
  button.click();
  return true;
}

// The framework lets a paste that is too long for a field vanish without a word. Say so, and keep it to be shortened.
function keepLongPaste(event) {
  const field = event.target;
  if (!field.matches?.("[data-testid=stMain] :is(input, textarea)") || field.matches(".portal-pasted textarea")) return;
  const text = event.clipboardData?.getData("text") || "";
  const before = field.value;
  const selected = field.selectionEnd !== field.selectionStart;
  setTimeout(() => {
    const box = field.closest("[data-testid=stTextInput], [data-testid=stTextArea]");
    box?.parentElement.querySelector(".portal-pasted")?.remove();
    if (!box || !text.trim() || field.value !== before || (selected && before.includes(text))) return;
    const kept = document.createElement("div");
    kept.className = "portal-pasted";
    kept.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.className = "portal-problem";
    said.textContent = `What you pasted has ${text.length.toLocaleString("en-GB")} characters. That is too long for this field. Your text is kept here: shorten it, and copy it across.`;
    const area = document.createElement("textarea");
    area.setAttribute("aria-label", "What you pasted");
    area.rows = 4;
    area.value = text;
    kept.append(said, area);
    box.after(kept);
  }, 300);
}

export default function () {
  const mend = () => {
    document.documentElement.lang = "en-GB";
    for (const [place, word] of [["stExpandSidebarButton", "Menu"], ["stSidebarCollapseButton", "Close the menu"]]) {
      const found = document.querySelector(`[data-testid="${place}"]`);
      const button = found && (found.matches("button") ? found : found.querySelector("button"));
      if (button && button.getAttribute("aria-label") !== word) button.setAttribute("aria-label", word);
    }
    // A label is Markdown on the screen, and the framework gives its escapes as they are to whoever hears it: take them out.
    for (const named of document.querySelectorAll('[aria-label*="\\\\"], [aria-label*="\u2060"]')) {
      const said = named.getAttribute("aria-label").replace(/\\([^\w\s])/g, "$1").replaceAll("\u2060", "");
      named.setAttribute("aria-label", said);
    }
  };
  mend();
  if (!window.portalMenu) {
    window.portalMenu = new MutationObserver(mend);
    window.portalMenu.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !closeMenu()) return;
      setTimeout(() => document.querySelector('[data-testid="stExpandSidebarButton"]')?.focus(), 300);
    });
    document.addEventListener("paste", keepLongPaste, true);
    document.addEventListener("click", (event) => {
      if (event.target.closest('[data-testid="stSidebarNavLink"]')) setTimeout(closeMenu, 0);
      const full = event.target.closest(".portal-full button");
      if (full) full.closest(".portal-door").requestFullscreen();
    });
  }
}
