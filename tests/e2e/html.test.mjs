// The pages are valid HTML.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { ADDRESS } from "./harness/browser.mjs";
import { inLanguage, LANGS, publicPages } from "./harness/pages.mjs";

const RULES = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Matters of taste of the validator, not of HTML.
    "doctype-style": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "long-title": "off",
    "tel-non-breaking": "off",
    // Several boxes, or rows of the same fields, of one name are how a form asks for several answers.
    "form-dup-name": "off",
    // The type-ahead's field is a text field on purpose: searches are not offered to the browser's memory.
    "prefer-native-element": "off",
    // The summary of errors stands above the h1, where it is read first.
    "heading-level": ["error", { minInitialRank: "h2" }],
    // Files of the same origin, named by their content; an integrity attribute would say the name again.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};

const validator = new HtmlValidate(new FileSystemConfigLoader(RULES));

for (const language of LANGS) {
  test(`pages in ${language.lang}`, async () => {
    const found = [];
    for (const { name, path, status = 200 } of await publicPages()) {
      const answer = await fetch(ADDRESS + inLanguage(language, path));
      assert.equal(answer.status, status, path);
      const html = await answer.text();
      const report = await validator.validateString(html);
      for (const { messages } of report.results) {
        found.push(
          ...messages
            .filter(
              ({ severity, ruleId }) => severity === 2 && !(name.startsWith("gallery") && ruleId === "unique-landmark"),
            )
            .map(({ ruleId, message, line }) => `${name}:${line} ${ruleId}: ${message}`),
        );
      }
    }
    assert.deepEqual(found, []);
  });
}
