// Finds the number that the desk asks for before it takes a post, while the customer writes. Nobody else is asked, and
// nothing is loaded. Without it the post is taken all the same, and a person looks at it first.
(() => {
  "use strict";
  const form = document.querySelector("form[data-proof-bits]");
  if (!form || !window.crypto || !crypto.subtle) return;
  const bits = Number(form.dataset.proofBits);
  const field = (name) => form.elements.namedItem(name);
  const task = `${field("form_issued").value}:${field("idempotency_key").value}:`;
  const encoder = new TextEncoder();

  const zeros = (bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    return first < 0 ? 8 * bytes.length : 8 * first + Math.clz32(bytes[first]) - 24;
  };

  const find = async () => {
    for (let number = 0; ; number++) {
      const digest = await crypto.subtle.digest("SHA-256", encoder.encode(task + number));
      if (zeros(new Uint8Array(digest)) >= bits) return String(number);
    }
  };

  // Should it fail, the post goes without.
  let isOver = false;
  const found = find().then(
    (number) => {
      field("proof").value = number;
    },
    () => {},
  );
  const over = found.then(() => (isOver = true));

  // Who is faster than that waits for it; a second press changes nothing. It is then sent as if pressed again, so that
  // others who wait for that hear of it.
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (isOver) return;
    event.preventDefault();
    if (sent) return;
    sent = true;
    over.then(() => (form.requestSubmit ? form.requestSubmit() : form.submit()));
  });
})();
