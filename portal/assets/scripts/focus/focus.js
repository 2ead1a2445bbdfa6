// Moves the focus to the error summary once it stands on the page, says so in the title, and ties each sentence to its field.
// Or to the heading, where the page became another one in its place: whoever reads on begins at its top.
const fieldOf = (name) => {
  const byId = document.getElementById(name);
  if (byId && byId.matches("input, textarea, select")) return byId;
  const wanted = new RegExp("^st-key-(.*[-_])?" + name.replace(/[^a-z0-9_]/gi, "-") + "$", "i");
  for (const box of document.querySelectorAll('[class*="st-key-"]')) {
    if ([...box.classList].some((one) => wanted.test(one))) return box.querySelector("input, textarea, select, button");
  }
  return null;
};

const tie = (summary) => {
  for (const link of summary.querySelectorAll("a[data-field]")) {
    const field = fieldOf(link.dataset.field);
    if (!field) {
      link.replaceWith(document.createTextNode(link.textContent));
      continue;
    }
    field.setAttribute("aria-invalid", "true");
    const told = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== summary.id);
    field.setAttribute("aria-describedby", [...told, summary.id].join(" "));
    if (link.dataset.tied) continue;
    link.dataset.tied = "yes";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const now = fieldOf(link.dataset.field);
      if (now) now.focus();
    });
  }
};

export default function ({ data }) {
  let tries = 0;
  const look = () => {
    const found = document.querySelector(data.selector);
    if (found) {
      if (data.top) {
        found.tabIndex = -1; // no stop on the way through the page, only where it begins
        found.closest('[data-testid="stMain"]').scrollTo(0, 0);
      }
      if (data.move) found.focus({ preventScroll: Boolean(data.top) });
      if (data.top && document.activeElement !== found && ++tries < 40) setTimeout(look, 50); // not to be seen yet
      if (data.error && !document.title.startsWith("Error: ")) document.title = "Error: " + document.title;
      setTimeout(() => tie(found), 600); // the form may be drawn after the summary
    } else if (++tries < 40) {
      setTimeout(look, 50);
    }
  };
  look();
}
