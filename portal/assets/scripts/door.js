(function () {
  var d = document, box = d.getElementById("draw"), field = d.getElementById("drawing");
  if (!box) return;
  var pad = box.querySelector("canvas"), pen = pad.getContext && pad.getContext("2d"), down = 0, marks = 0;
  if (!pen || !window.PointerEvent) return;
  box.hidden = false;
  function blank() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#17262b";
    marks = 0;
  }
  function at(e) {
    var r = pad.getBoundingClientRect();
    return [((e.clientX - r.left) * pad.width) / r.width, ((e.clientY - r.top) * pad.height) / r.height];
  }
  function up() {
    if (!down) return;
    down = 0;
    var made = pad.toDataURL("image/jpeg", 0.5).split(",")[1].replace(/\+/g, "-").replace(/\//g, "_");
    field.value = marks > 3 && made.length < 10800 ? made : "";
    box.querySelector("p.hint").textContent = field.value ? "We have your signature." : "Draw a little " + (marks > 3 ? "less." : "more.");
  }
  blank();
  if (field.value) {
    var old = new Image();
    old.onload = function () { pen.drawImage(old, 0, 0); };
    old.src = "data:image/jpeg;base64," + field.value.replace(/-/g, "+").replace(/_/g, "/");
  }
  pad.onpointerdown = function (e) {
    e.preventDefault();
    pad.setPointerCapture(e.pointerId);
    down = 1;
    pen.beginPath();
    pen.moveTo.apply(pen, at(e));
  };
  pad.onpointermove = function (e) {
    if (!down) return;
    pen.lineTo.apply(pen, at(e));
    pen.stroke();
    marks += 1;
  };
  pad.onpointerup = pad.onpointercancel = up;
  box.querySelector("button").onclick = function () {
    blank();
    field.value = "";
    box.querySelector("p.hint").textContent = "Your typed name counts too.";
  };
})();
