// Every kind of page a person can reach, in every language.
import { ADDRESS } from "./browser.mjs";

export const LANGS = [
  { lang: "de", prefix: "", dir: "ltr" },
  { lang: "en", prefix: "/en", dir: "ltr" },
  { lang: "ar-x-pseudo", prefix: "/ar-x-pseudo", dir: "rtl" },
];

/** A slug of the directory under test. */
export async function someSlug() {
  const answer = await fetch(`${ADDRESS}/api/v1/search?words=Schulden&place=79100`);
  const { hits } = await answer.json();
  if (!hits?.length) throw new Error("the demonstration directory has no hit for Schulden in 79100");
  return hits[0].slug;
}

/** Pages by a name for screenshots; `status` where it is not 200. */
export async function publicPages() {
  const slug = await someSlug();
  return [
    { name: "start", path: "/" },
    { name: "hits", path: "/suche?words=Schulden&place=79100" },
    { name: "hits-page-2", path: "/suche?words=Schulden&place=79100&page=2" },
    { name: "hits-filtered", path: "/suche?words=Schulden&place=79100&mode=phone&wheelchair=true&radius_km=100" },
    { name: "hits-everywhere", path: "/suche?words=Alkohol" },
    { name: "place-ambiguous", path: "/suche?words=Schulden&place=Neustadt" },
    { name: "place-unknown", path: "/suche?words=Schulden&place=Qzxwvk" },
    { name: "nothing-found", path: "/suche?words=qzxwvkj&place=79100" },
    { name: "nothing-entered", path: "/suche" },
    { name: "centre", path: `/stelle/${slug}` },
    { name: "centre-unknown", path: "/stelle/gibt-es-nicht", status: 404 },
    { name: "help", path: "/hilfe" },
    { name: "crisis", path: "/krise" },
    { name: "traces", path: "/spuren" },
    { name: "privacy", path: "/datenschutz" },
    { name: "imprint", path: "/impressum" },
    { name: "accessibility", path: "/barrierefreiheit" },
    { name: "not-found", path: "/gibt-es-nicht", status: 404 },
    { name: "gallery", path: "/gallery" },
    { name: "gallery-staff", path: "/gallery/staff" },
    { name: "gallery-plain", path: "/gallery/plain" },
  ];
}

/** The path of a page in a language. */
export function inLanguage({ prefix }, path) {
  return prefix && path === "/" ? prefix : prefix + path;
}
