// PostCSS plugins that make the KERN partials fit for old phones, right-to-left scripts and a small budget. Each one is
// deterministic and looks only at the style sheet itself, never at the templates.

/** The repairs in their order. */
export const repairs = () => [
  dropWideGamut(),
  dropUnusedThemes(),
  lightWithoutAsking(),
  dropRelationalSelectors(),
  flattenContext(),
  inlineConstants(),
  dropUnusedProperties(),
  logicalDirections(),
];

/** Lowering leaves wide-gamut copies of every colour behind; sRGB is enough for a text page. */
function dropWideGamut() {
  return {
    postcssPlugin: "drop-wide-gamut",
    AtRule: {
      supports(rule) {
        if (/\b(lab|lch|oklab|oklch|color)\(/.test(rule.params)) rule.remove();
      },
      media(rule) {
        if (/color-gamut/.test(rule.params)) rule.remove();
      },
    },
  };
}

/** The pages follow the device's light or dark setting; theme switches by class and tinted levels are not used. */
function dropUnusedThemes() {
  const unused = /\.kern-(dark|light|accent|layer|level-\d)|\[data-kern-theme/;
  return {
    postcssPlugin: "drop-unused-themes",
    Rule(rule) {
      const kept = rule.selectors.filter((selector) => !unused.test(selector));
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
  };
}

/**
 * KERN sets light colours only where the browser says "light"; one that cannot say anything would get none. And dark
 * belongs to screens: paper is white.
 */
function lightWithoutAsking() {
  return {
    postcssPlugin: "light-without-asking",
    Once(root) {
      const light = [];
      root.walkAtRules("media", (rule) => {
        if (/^\(prefers-color-scheme:\s*light\)$/.test(rule.params)) light.push(rule);
      });
      root.walkAtRules("media", (rule) => {
        if (/^\(prefers-color-scheme:\s*dark\)$/.test(rule.params)) rule.params = `screen and ${rule.params}`;
      });
      for (const rule of light) {
        const firstDark = root.nodes.find((node) => node.type === "atrule" && /color-scheme:\s*dark/.test(node.params));
        firstDark?.before(rule.nodes);
        rule.remove();
      }
    },
  };
}

/** Rules with :has() would style new browsers and leave old ones alone; what they do is done by classes here. */
function dropRelationalSelectors() {
  return {
    postcssPlugin: "drop-relational-selectors",
    Rule(rule) {
      const kept = rule.selectors.filter((selector) => !selector.includes(":has("));
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
  };
}

/** Without levels, every "contextual" colour is the plain colour of the same name. */
function flattenContext() {
  return {
    postcssPlugin: "flatten-context",
    Declaration(declaration) {
      if (declaration.prop.startsWith("--") && declaration.prop.endsWith("-contextual")) declaration.remove();
      else if (declaration.value.includes("-contextual")) {
        declaration.value = declaration.value.replace(/(--kern-[\w-]+?)-contextual\b/g, (_, name) => {
          return name === "--kern-color-layout-layer-surface" ? "--kern-color-layout-background-default-surface" : name;
        });
      }
    },
  };
}

const REFERENCE = /var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\((?:[^()]|\([^()]*\))*\))*))?\)/g;

/** Properties with exactly one value in the whole sheet become that value; fallbacks of known properties go. */
function inlineConstants() {
  return {
    postcssPlugin: "inline-constants",
    OnceExit(root) {
      const values = new Map();
      root.walkDecls(/^--/, (declaration) => {
        // color-mix() of a variable cannot be lowered: an old browser would compute nothing at all.
        if (declaration.value.includes("color-mix(")) {
          declaration.remove();
          return;
        }
        const known = values.get(declaration.prop) ?? [];
        const global = declaration.parent.selector === ":root" && declaration.parent.parent.type === "root";
        known.push({ value: declaration.value, global });
        values.set(declaration.prop, known);
      });
      const constant = (name) => {
        const known = values.get(name);
        return known?.length === 1 && known[0].global ? known[0].value : undefined;
      };
      const resolve = (value) =>
        value.replace(REFERENCE, (reference, name) => {
          if (!values.has(name)) return reference;
          const literal = constant(name);
          return literal === undefined ? `var(${name})` : resolve(literal);
        });
      root.walkDecls((declaration) => {
        if (declaration.prop.startsWith("--") && constant(declaration.prop) !== undefined) declaration.remove();
        else if (declaration.value.includes("var(")) declaration.value = resolve(declaration.value);
      });
    },
  };
}

/** Custom properties nothing refers to, not even through others, are not shipped. */
function dropUnusedProperties() {
  return {
    postcssPlugin: "drop-unused-properties",
    OnceExit(root) {
      const uses = new Map();
      const needed = [];
      root.walkDecls((declaration) => {
        const names = [...declaration.value.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
        if (declaration.prop.startsWith("--")) {
          uses.set(declaration.prop, [...(uses.get(declaration.prop) ?? []), ...names]);
        } else needed.push(...names);
      });
      const used = new Set();
      while (needed.length > 0) {
        const name = needed.pop();
        if (used.has(name)) continue;
        used.add(name);
        needed.push(...(uses.get(name) ?? []));
      }
      root.walkDecls(/^--/, (declaration) => {
        if (!used.has(declaration.prop)) declaration.remove();
      });
      root.walkRules((rule) => {
        if (rule.nodes.every((node) => node.type === "comment")) rule.remove();
      });
      root.walkAtRules(/^(media|supports)$/, (rule) => {
        if (rule.nodes?.length === 0) rule.remove();
      });
    },
  };
}

const SIDES = { left: "inline-start", right: "inline-end" };

/** Left and right become start and end, so that right-to-left pages mirror; a rotated tick must not (see below). */
function logicalDirections() {
  return {
    postcssPlugin: "logical-directions",
    OnceExit(root) {
      root.walkRules((rule) => {
        // The tick of a checkbox is a rotated box: mirrored, it would leave its square.
        if (rule.nodes.some((node) => node.type === "decl" && /rotate\(/.test(node.value))) return;
        rule.walkDecls((declaration) => {
          const side = declaration.prop.match(/^(margin|padding|border)-(left|right)(-.*)?$/);
          if (side) declaration.prop = `${side[1]}-${SIDES[side[2]]}${side[3] ?? ""}`;
          if (declaration.prop === "text-align") {
            declaration.value = declaration.value.replace(/^left$/, "start").replace(/^right$/, "end");
          }
          if (/^(padding|margin)$/.test(declaration.prop)) splitUnequalSides(declaration);
        });
      });
    },
  };
}

function splitUnequalSides(declaration) {
  const parts = declaration.value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
  if (parts.length !== 4 || parts[1] === parts[3]) return;
  const [top, right, bottom, left] = parts;
  declaration.before({ prop: `${declaration.prop}-top`, value: top });
  declaration.before({ prop: `${declaration.prop}-bottom`, value: bottom });
  declaration.before({ prop: `${declaration.prop}-inline-start`, value: left });
  declaration.before({ prop: `${declaration.prop}-inline-end`, value: right });
  declaration.remove();
}
