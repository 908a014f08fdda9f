import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["components/**/*.test.ts", "islands/**/*.test.ts", "tests/**/*.test.ts"],
  },
});
