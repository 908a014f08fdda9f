// The parts of the library that conversations need, taken one by one: its index brings nineteen suites along.
export type { ClientState, MLSMessage, PrivateMessage, Proposal } from "ts-mls";
export { createGroup, joinGroupWithExtensions } from "ts-mls/clientState.js";
export { createCommit } from "ts-mls/createCommit.js";
export { createApplicationMessage } from "ts-mls/createMessage.js";
export type { IncomingMessageCallback } from "ts-mls/incomingMessageAction.js";
export { generateKeyPackage, type KeyPackage, type PrivateKeyPackage, verifyKeyPackage } from "ts-mls/keyPackage.js";
export { mlsExporter } from "ts-mls/keySchedule.js";
export { decodeMlsMessage, encodeMlsMessage } from "ts-mls/message.js";
export { unprotectPrivateMessage } from "ts-mls/messageProtection.js";
export { processPrivateMessage } from "ts-mls/processMessages.js";
