// While stolen cards are being tried at the form, each payment costs a sum: see support/shield.py. It is done here
// while the reader fills the form in, a little at a time; who was quicker waits, and the form then goes by itself.
(() => {
  const box = document.getElementById("work"), form = box.closest("form"), bits = +box.dataset.bits;
  const fractions = (power) => {
    const found = [];
    for (let n = 2; found.length < 64; n++) {
      let prime = true;
      for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
      if (prime) found.push(((n ** power % 1) * 2 ** 32) | 0);
    }
    return found;
  };
  const K = fractions(1 / 3), H = fractions(1 / 2).slice(0, 8), w = new Int32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  // The first word of SHA-256 of a text of less than 56 characters, which is one block (FIPS 180-4, 6.2).
  const first = (text) => {
    w.fill(0, 0, 16);
    for (let i = 0; i < text.length; i++) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    w[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    w[15] = text.length * 8;
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = H;
    for (let i = 0; i < 64; i++) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
    }
    return (a + H[0]) >>> 0;
  };
  let n = 0, is_sent = "go" in box.dataset;
  const work = () => {
    for (const until = performance.now() + 12; performance.now() < until; )
      for (let i = 0; i < 200; i++, n++)
        if (first(`${box.dataset.riddle}:${n}`) >>> (32 - bits) === 0) {
          form.elements.answer.value = n;
          box.hidden = true;
          return is_sent && form.requestSubmit();
        }
    setTimeout(work);
  };
  form.addEventListener("submit", (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    is_sent = true;
    box.hidden = false;
  });
  box.hidden = !is_sent;
  work();
})();
