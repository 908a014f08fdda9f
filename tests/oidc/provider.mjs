// A real OpenID Connect provider for the tests of single sign-on: node provider.mjs PORT REDIRECT_URI
// Whoever opens an interaction as /interaction/ID?login=NAME is signed in under that name, without a password.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const people = {
  ada: { email: "ada@haus.example", email_verified: true, name: "Ada Öz", groups: ["leitung"] },
  bo: { email: "bo@haus.example", email_verified: true, name: "Bo Lund", groups: [] },
  eve: { email: "ada@haus.example", email_verified: false, name: "Eve", groups: ["leitung"] },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "anlaufstelle",
      client_secret: "only for tests, and long enough",
      redirect_uris: [redirect],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (context, next) => {
  if (!context.path.startsWith("/interaction/")) return next();
  const login = { accountId: context.query.login };
  const done = context.query.login ? { login } : { error: "access_denied" };
  await provider.interactionFinished(context.req, context.res, done);
  context.respond = false;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
