import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A machine that is busy with other things is not an error.
    testTimeout: 60_000,
    environment: "happy-dom",
    include: ["components/**/*.test.ts", "islands/**/*.test.ts", "tests/**/*.test.ts"],
  },
});
