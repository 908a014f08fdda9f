// The group of a conversation: MLS (RFC 9420) by ts-mls, with what the library leaves to its user: who somebody is, who
// may change the group, in which order things come, and when keys are overwritten.
import { type Bytes, concat, number, numberAt, own, random, same, sha256, utf8 } from "./bytes.ts";
import { type Keys, type Leaf, leafOf } from "./leaf.ts";
import {
  type ClientState,
  createApplicationMessage,
  createCommit,
  createGroup,
  decodeMlsMessage,
  encodeMlsMessage,
  type IncomingMessageCallback,
  joinGroupWithExtensions,
  type KeyPackage,
  mlsExporter,
  type PrivateMessage,
  type Proposal,
  processPrivateMessage,
  unprotectPrivateMessage,
} from "./mls.ts";
import type { Epoch, Member } from "./protocol.ts";
import { suite } from "./suite.ts";
import { wipeAll } from "./wipe.ts";

/** Why something is not believed. */
export type Doubt =
  /** It cannot be opened: changed, forged, or said twice. */
  | "damaged"
  /** It was written by somebody else than the room says, or by somebody who may not. */
  | "sender"
  /** It belongs to a state of the group that this place does not know (yet). */
  | "epoch"
  /** It was written before this place came in, or for another group: not meant for here, and no reason to worry. */
  | "foreign";

/** Something that is not believed. */
export class Doubtful extends Error {
  readonly doubt: Doubt;
  constructor(doubt: Doubt) {
    super(doubt);
    this.doubt = doubt;
  }
}

/** What somebody said inside. */
export interface Opened {
  sender: Leaf;
  content: Bytes;
  /** The epoch it was sealed in. */
  epoch: number;
  /** Something she said before it is missing here, or comes after it. */
  gap: boolean;
}

/** A commit that holds as soon as the room has taken it. */
export interface Prepared {
  after: Epoch;
  commit: Bytes;
  welcome: Bytes | undefined;
  state: ClientState;
  consumed: Uint8Array[];
}

/** How many of the epochs before this one can still be opened: what was on its way when the group changed. */
export const EPOCHS_KEPT = 4;

const config: ClientState["clientConfig"] = {
  keyRetentionConfig: {
    retainKeysForGenerations: 10,
    retainKeysForEpochs: EPOCHS_KEPT,
    maximumForwardRatchetSteps: 200,
  },
  lifetimeConfig: { maximumTotalLifetime: 0n, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: {
    compareKeyPackages: (one, other) => same(one.leafNode.signaturePublicKey, other.leafNode.signaturePublicKey),
    compareKeyPackageToLeafNode: (one, other) => same(one.leafNode.signaturePublicKey, other.signaturePublicKey),
  },
  // Contents come padded.
  paddingConfig: { kind: "alwaysPad", paddingLength: 0 },
  authService: { validateCredential: async (credential) => leafOf(credential) !== undefined },
};

/** One place in a group. */
export class Group {
  readonly #generation: number;
  #state: ClientState;
  readonly #joined: number;
  /** How much was said here, and how much of it before the present epoch. */
  #said = 0;
  #saidBefore = 0;
  /** Whom the last commit made here took out. What she had said before may still come: the room answers a commit at once. */
  #lately = new Set<Member>();
  /** What the next number of each of the others is. */
  readonly #next = new Map<Member, number>();

  private constructor(generation: number, state: ClientState) {
    this.#generation = generation;
    this.#state = state;
    this.#joined = Number(state.groupContext.epoch);
  }

  /** Begins a group with oneself in it. */
  static async begin(room: string, generation: number, keys: Keys): Promise<Group> {
    const id = concat(await idOf(room, generation), random(16));
    return new Group(generation, await createGroup(id, keys.open, keys.secret, [], await suite(), config));
  }

  /** Comes in by the welcome of this host. The keys are used up. */
  static async join(room: string, welcome: Uint8Array, keys: Keys, stands: Epoch, from: Member): Promise<Group> {
    const message = decodeMlsMessage(welcome, 0)?.[0];
    if (message?.wireformat !== "mls_welcome") throw new Doubtful("damaged");
    const state = await joinGroupWithExtensions(
      message.welcome,
      keys.open,
      keys.secret,
      NO_PSK,
      await suite(),
      undefined,
      undefined,
      config,
    )
      .then(([joined]) => joined)
      .catch(() => undefined);
    if (!state) throw new Doubtful("damaged");
    const group = new Group(stands.generation, state);
    const right = same(state.groupContext.groupId.subarray(0, 16), await idOf(room, stands.generation));
    if (!right || group.epoch.epoch !== stands.epoch) throw new Doubtful("epoch");
    // The room says who sent it; the tree says whether she is a host in it.
    if (group.find(from)?.role !== "host" || !group.find(keys.leaf.member)) throw new Doubtful("sender");
    if (!distinct(group.members())) throw new Doubtful("sender");
    wipeAll(keys.secret.initPrivateKey);
    return group;
  }

  /** Where the group stands. */
  get epoch(): Epoch {
    return { generation: this.#generation, epoch: Number(this.#state.groupContext.epoch) };
  }

  /** Everybody who can read along. */
  members(): Leaf[] {
    return leaves(this.#state.ratchetTree).flatMap(([, leaf]) => leaf ?? []);
  }

  /** The one with this number, if she is inside. */
  find(member: Member): Leaf | undefined {
    return this.members().find((leaf) => leaf.member === member);
  }

  /** Prepares the next epoch. Nothing changes here until {@link apply}. */
  async prepare(add: readonly KeyPackage[], remove: readonly Member[]): Promise<Prepared> {
    const proposals: Proposal[] = leaves(this.#state.ratchetTree)
      .filter(([, leaf]) => leaf && remove.includes(leaf.member))
      .map(([removed]) => ({ proposalType: "remove", remove: { removed } }));
    for (const keyPackage of add) proposals.push({ proposalType: "add", add: { keyPackage } });
    const context = { state: this.#state, cipherSuite: await suite() };
    const made = await createCommit(context, { extraProposals: proposals, ratchetTreeExtension: true });
    const welcome = made.welcome && {
      version: "mls10" as const,
      wireformat: "mls_welcome" as const,
      welcome: made.welcome,
    };
    return {
      after: this.epoch,
      commit: own(encodeMlsMessage(made.commit)),
      welcome: welcome && own(encodeMlsMessage(welcome)),
      state: made.newState,
      consumed: made.consumed,
    };
  }

  /** The prepared epoch holds. */
  apply({ state, consumed }: Prepared): void {
    // What came while the room had the commit used keys of this epoch and older ones. They must not be there again.
    const old = this.#state;
    for (const [epoch, past] of old.historicalReceiverData) {
      if (state.historicalReceiverData.has(epoch)) state.historicalReceiverData.set(epoch, past);
    }
    const kept = state.historicalReceiverData.get(old.groupContext.epoch);
    if (kept) state.historicalReceiverData.set(old.groupContext.epoch, { ...kept, secretTree: old.secretTree });
    const before = this.members();
    this.#move(state, consumed);
    for (const { member } of before) if (!this.find(member)) this.#lately.add(member);
  }

  /** Takes over the commit of another host. */
  async follow(bytes: Uint8Array, from: Member, stands: Epoch): Promise<void> {
    const now = this.epoch;
    if (stands.generation !== now.generation || stands.epoch !== now.epoch + 1) throw new Doubtful("epoch");
    const message = this.#private(bytes, "commit");
    if (Number(message.epoch) !== now.epoch) throw new Doubtful("epoch");
    let allowed = false;
    const check: IncomingMessageCallback = (incoming) => {
      const sender = incoming.kind === "commit" ? leafAt(this.#state, incoming.senderLeafIndex) : undefined;
      const only =
        incoming.kind === "commit" && incoming.proposals.every(({ proposal }) => CHANGES.has(proposal.proposalType));
      allowed = only && sender?.role === "host" && sender.member === from;
      return allowed ? "accept" : "reject";
    };
    const result = await processPrivateMessage(this.#state, message, NO_PSK, await suite(), check).catch(
      () => undefined,
    );
    if (!result) throw new Doubtful("damaged");
    if (!allowed || result.kind !== "newState") throw new Doubtful("sender");
    if (result.newState.groupActiveState.kind !== "active") throw new Doubtful("foreign");
    const after = leaves(result.newState.ratchetTree);
    if (after.some(([, leaf]) => !leaf) || !distinct(after.flatMap(([, leaf]) => leaf ?? [])))
      throw new Doubtful("sender");
    this.#move(result.newState, result.consumed);
  }

  /** Seals something for everybody inside. */
  async seal(content: Uint8Array): Promise<Bytes> {
    const counted = concat(number(this.#said), number(this.#saidBefore), content);
    const made = await createApplicationMessage(this.#state, counted, await suite());
    this.#said += 1;
    this.#state = made.newState;
    wipeAll(made.consumed);
    return own(
      encodeMlsMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage: made.privateMessage }),
    );
  }

  /** Opens what this member said. */
  async open(bytes: Uint8Array, from: Member): Promise<Opened> {
    const message = this.#private(bytes, "application");
    const { groupContext, historicalReceiverData, keySchedule, ratchetTree, secretTree } = this.#state;
    const epoch = Number(message.epoch);
    if (epoch < this.#joined) throw new Doubtful("foreign");
    const present = message.epoch === groupContext.epoch;
    const keys = present
      ? { groupContext, ratchetTree, secretTree, senderDataSecret: keySchedule.senderDataSecret }
      : historicalReceiverData.get(message.epoch);
    if (!keys) throw new Doubtful("epoch");
    const made = await unprotectPrivateMessage(
      keys.senderDataSecret,
      message,
      keys.secretTree,
      keys.ratchetTree,
      keys.groupContext,
      config.keyRetentionConfig,
      await suite(),
    ).catch(() => undefined);
    if (!made) throw new Doubtful("damaged");
    const past = historicalReceiverData.get(message.epoch);
    if (present) this.#state = { ...this.#state, secretTree: made.tree };
    else if (past) historicalReceiverData.set(message.epoch, { ...past, secretTree: made.tree });
    wipeAll(made.consumed);
    const { content } = made.content;
    const sender = content.sender.senderType === "member" ? leafAt(keys, content.sender.leafIndex) : undefined;
    // Who has left since then has nothing more to say, even if the relay kept it.
    const isHere = this.find(from) !== undefined || (!present && this.#lately.has(from));
    if (content.contentType !== "application" || sender?.member !== from || !isHere) throw new Doubtful("sender");
    const said = own(content.applicationData);
    if (said.length < 8) throw new Doubtful("damaged");
    const [count, before] = [numberAt(said, 0), numberAt(said, 4)];
    const gap = count !== (this.#next.get(from) ?? before);
    this.#next.set(from, Math.max(count + 1, this.#next.get(from) ?? 0));
    return { sender, content: said.slice(8), epoch, gap };
  }

  /** A secret of this epoch that everybody inside has, and nobody else. */
  async exported(label: string, length: number, context: Bytes = new Uint8Array()): Promise<Bytes> {
    const { keySchedule } = this.#state;
    return own(await mlsExporter(keySchedule.exporterSecret, label, context, length, await suite()));
  }

  /** Overwrites all keys. The group cannot be used afterwards. */
  close(): void {
    const { keySchedule, secretTree, historicalReceiverData, privatePath, signaturePrivateKey } = this.#state;
    wipeAll([keySchedule, secretTree, privatePath.privateKeys, signaturePrivateKey]);
    for (const past of historicalReceiverData.values())
      wipeAll([past.secretTree, past.senderDataSecret, past.resumptionPsk]);
    historicalReceiverData.clear();
  }

  #move(state: ClientState, consumed: Uint8Array[]): void {
    // The library drops epochs that are too old, but leaves their keys in memory.
    for (const [epoch, past] of this.#state.historicalReceiverData) {
      if (!state.historicalReceiverData.has(epoch))
        wipeAll([past.secretTree, past.senderDataSecret, past.resumptionPsk]);
    }
    this.#state = state;
    this.#lately.clear();
    this.#saidBefore = this.#said;
    wipeAll(consumed);
  }

  #private(bytes: Uint8Array, type: "application" | "commit"): PrivateMessage {
    let message: ReturnType<typeof decodeMlsMessage>;
    try {
      message = decodeMlsMessage(bytes, 0);
    } catch {
      throw new Doubtful("damaged");
    }
    if (message?.[0].wireformat !== "mls_private_message" || message[1] !== bytes.length) throw new Doubtful("damaged");
    const { privateMessage } = message[0];
    if (privateMessage.contentType !== type) throw new Doubtful("damaged");
    if (!same(privateMessage.groupId, this.#state.groupContext.groupId)) throw new Doubtful("foreign");
    return privateMessage;
  }
}

/** The only changes a host makes. */
const CHANGES: ReadonlySet<Proposal["proposalType"]> = new Set(["add", "remove"]);

const NO_PSK = { findPsk: () => undefined };

/** What is open for all to see in the name of a group: which room and which generation, but not in words. */
async function idOf(room: string, generation: number): Promise<Bytes> {
  return (await sha256(utf8(`anlaufstelle talk group ${room} ${generation}`))).slice(0, 16);
}

type Tree = ClientState["ratchetTree"];

/** Each leaf of a tree with its place; nothing stands for a credential that is not ours. */
function leaves(tree: Tree): [place: number, leaf: Leaf | undefined][] {
  return tree.flatMap((node, at) => (node?.nodeType === "leaf" ? [[at / 2, leafOf(node.leaf.credential)]] : []) as []);
}

function leafAt({ ratchetTree }: { ratchetTree: Tree }, place: number | undefined): Leaf | undefined {
  return leaves(ratchetTree).find(([at]) => at === place)?.[1];
}

function distinct(members: readonly Leaf[]): boolean {
  return new Set(members.map(({ member }) => member)).size === members.length;
}
