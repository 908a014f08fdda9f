// Checks axe does not make; each was a real defect that axe passed. They run inside the page and answer a list of findings.

/** Label and field may not overlap, and the label of a tick box stands on the reading side of it. */
export function labelsOverlap() {
  const rtl = getComputedStyle(document.documentElement).direction === "rtl";
  const found = [];
  for (const field of document.querySelectorAll("input, select, textarea")) {
    const label = field.labels?.[0];
    const a = field.getBoundingClientRect();
    const b = label?.getBoundingClientRect();
    if (!b || a.width === 0 || b.width === 0) continue;
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width > 1 && height > 1) found.push(`label over field: ${field.id}`);
    if (field.type === "checkbox" || field.type === "radio") {
      // Where the words begin, not where the label's box does: it may have lost its padding.
      const words = document.createRange();
      words.selectNodeContents(label);
      const text = words.getBoundingClientRect();
      const gap = rtl ? a.left - text.right : text.left - a.right;
      if (gap < 4) found.push(`label glued to its box (${gap.toFixed(1)} px): ${field.id}`);
      if (rtl ? b.right > a.left + 1 : b.left < a.right - 1) found.push(`label on the wrong side: ${field.id}`);
    }
  }
  return found;
}

/** Whatever can be pressed is at least 24 by 24 pixels, links in running text apart (WCAG 2.2, 2.5.8). */
export function smallTargets() {
  const found = [];
  for (const target of document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, summary, textarea",
  )) {
    const box = target.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || target.closest(".skip-link, .visually-hidden")) continue;
    if (box.width >= 24 && box.height >= 24) continue;
    const running = target.tagName === "A" && getComputedStyle(target).display === "inline";
    if (!running) found.push(`${Math.round(box.width)}×${Math.round(box.height)}: ${target.outerHTML.slice(0, 120)}`);
  }
  return found;
}

/** Nothing is wider than the window. */
export function widerThanWindow() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const culprits = [...document.body.querySelectorAll("*")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return (
        box.width > 0 &&
        (box.right > root.clientWidth + 1 || box.left < -1) &&
        !element.closest(".skip-link, .visually-hidden, svg *")
      );
    })
    .slice(0, 4)
    .map((element) => element.outerHTML.slice(0, 100));
  return [`${root.scrollWidth} px in a window of ${root.clientWidth}: ${culprits.join(" | ")}`];
}

/** One h1, and no level left out on the way down. */
export function headingOutline() {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => Number(heading.tagName[1]));
  const found = [];
  if (levels.filter((level) => level === 1).length !== 1)
    found.push(`h1: ${levels.filter((level) => level === 1).length}`);
  levels.forEach((level, at) => {
    if (at > 0 && level > levels[at - 1] + 1) found.push(`h${levels[at - 1]} is followed by h${level}`);
  });
  return found;
}

/** Numbers to dial, postcodes and times keep their direction in a right-to-left page. */
export function undirectedNumbers() {
  if (getComputedStyle(document.documentElement).direction !== "rtl") return [];
  return [...document.querySelectorAll('a[href^="tel:"]')]
    .filter((link) => !link.querySelector('[dir="ltr"]') && link.dir !== "ltr")
    .map((link) => link.outerHTML.slice(0, 100));
}

/** Every control with its box and the contrast of its edge or filling with what is behind it, by computed style. */
export function faintControls() {
  const parse = (text) => {
    const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const s = value / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((p, q) => q - p);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const found = [];
  for (const control of document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, .kern-btn, .exit-link",
  )) {
    if (control.getBoundingClientRect().width === 0 || control.classList.contains("kern-btn--tertiary")) continue;
    const shown = control.tagName === "SELECT" ? control.parentElement : control;
    const style = getComputedStyle(shown);
    const ground = behind(shown);
    const edges = ["Top", "Bottom", "Left", "Right"].map((side) => {
      const { rgb, alpha } = parse(style[`border${side}Color`]);
      return parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none" && alpha > 0.9
        ? contrast(rgb, ground)
        : 1;
    });
    const filling = parse(style.backgroundColor);
    const filled = filling.alpha > 0.9 ? contrast(filling.rgb, ground) : 1;
    if (Math.min(...edges) < 3 && filled < 3) {
      found.push(
        `edge ${Math.min(...edges).toFixed(1)}, filling ${filled.toFixed(1)}: ${control.outerHTML.slice(0, 120)}`,
      );
    }
  }
  return found;
}
