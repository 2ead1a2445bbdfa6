// Names the framework's menu button by the word that stands on it, and the language as British English.
export default function () {
  const mend = () => {
    document.documentElement.lang = "en-GB";
    for (const [place, word] of [["stExpandSidebarButton", "Menu"], ["stSidebarCollapseButton", "Close the menu"]]) {
      const found = document.querySelector(`[data-testid="${place}"]`);
      const button = found && (found.matches("button") ? found : found.querySelector("button"));
      if (button && button.getAttribute("aria-label") !== word) button.setAttribute("aria-label", word);
    }
  };
  mend();
  if (!window.portalMenu) {
    window.portalMenu = new MutationObserver(mend);
    window.portalMenu.observe(document.body, { childList: true, subtree: true });
  }
}
