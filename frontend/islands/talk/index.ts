// All a page needs of a conversation. The page draws; what is said, sealed, sent and believed happens behind this.
export { FILE_TYPES, type FileType, LARGEST_FILE } from "./content.ts";
export type { FileProblem, Redraw } from "./file.ts";
export type { Leaf } from "./leaf.ts";
export { WANTS, type Wants } from "./letter.ts";
export type { LineState } from "./line.ts";
export { LONGEST_NAME, LONGEST_NOTE, LONGEST_TEXT, plainName, plainText } from "./plain.ts";
export type { Ending, Member, Role } from "./protocol.ts";
export { supported } from "./suite.ts";
export { type Alarm, type Snapshot, Talk, type TalkEvent, type TalkOptions, TYPING, type Waiting } from "./talk.ts";
export { WORDS, wordList } from "./words.ts";
export { browser, PATHS, type World } from "./world.ts";
