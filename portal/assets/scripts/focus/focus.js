// Moves the focus to the error summary once it stands on the page, and says so in the title.
export default function ({ data }) {
  let tries = 0;
  const look = () => {
    const found = document.querySelector(data.selector);
    if (found) {
      found.focus({ preventScroll: false });
      if (data.error && !document.title.startsWith("Error: ")) document.title = "Error: " + document.title;
    } else if (++tries < 40) {
      setTimeout(look, 50);
    }
  };
  look();
}
