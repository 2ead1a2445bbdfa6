// A field to sign in with finger or mouse. Sends the drawing when the pen is lifted.
export default function ({ parentElement, setStateValue, data }) {
  const root = parentElement.querySelector("div");
  if (root.dataset.ready) return;
  root.dataset.ready = "yes";
  root.className = "draw";
  const canvas = document.createElement("canvas");
  canvas.width = 600;
  canvas.height = 180;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Field to draw your signature. You can type it instead.");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Clear the drawing";
  root.append(canvas, clear);
  const pen = canvas.getContext("2d");
  const blank = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#17262b";
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
  };
  blank();
  let down = false;
  let marks = 0;
  const at = (e) => {
    const box = canvas.getBoundingClientRect();
    return [((e.clientX - box.left) * canvas.width) / box.width, ((e.clientY - box.top) * canvas.height) / box.height];
  };
  canvas.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    canvas.setPointerCapture(e.pointerId);
    down = true;
    pen.beginPath();
    pen.moveTo(...at(e));
  });
  canvas.addEventListener("pointermove", (e) => {
    if (!down) return;
    pen.lineTo(...at(e));
    pen.stroke();
    marks += 1;
  });
  const up = () => {
    if (down && marks > 3) setStateValue("drawing", canvas.toDataURL("image/png").split(",")[1]);
    down = false;
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  clear.addEventListener("click", () => {
    blank();
    marks = 0;
    setStateValue("drawing", "");
  });
}
