/** Words of protocols, errors and documents: they name nobody. Anything else that stands in a free text is replaced. */
const technical = `
a about above abort aborted absent accept accepted access account active add added address after again age agent al all allow allowed
already also always an and any api app application are argument array as at attempt authentication authorization available
bad base be bearer because been before begin below between binary body bool boolean both br browser but by bytes
c cache call called can cannot category center change changed char character characters charset check child client close closed
code coding com company complete condition configuration conflict connect connection connections connector constraint contact contacts
contain contains content context control cookie could count country create created credit cs currency customer
data database datatype date datetime day decimal decode default deflate delete deleted denied detail details did digit digits disabled
div do doctype document does done doctype duplicate duplicated during each either element email empty enabled encoding end endpoint
engine entity entry enum error errors exc exceeded except exception exist exists expect expected expired extra
failed failure false fatal field fields file filter first float for forbidden form format found four from full function
gateway get given go gone got greater group gzip h1 h2 h3 had handler has have head header headers hint hour hr html http https
id identifier identity if image img import in inactive index info inner input insert instead int integer internal into invalid invoice invoicing is
iso issue it item items java javascript js json jwt key keys kind kt language last lax least length less level like limit line link list
literal load local location login long lookup main malformed match max maximum may me meta method min minimum minute missing mode model module
month more most moved multipart must name named near nested network never new nginx no node non none not nothing null number
object objects octet of off offset ok on once one only open operation option optional or order other out over
p page param parameter params parse parsed parsing part path pattern payload pending permission phone pattern php plain please port position post
prefix present process production property protocol provided provider proxy psycopg2 public put py pydantic python query quota range rate raw
read reason received record redirect reference refused rejected relation remote remove removed request requested requests require required reset
resource response rest restricted result results retry return right root route row rows rs rule
safe sales same schema scheme scope second see select send sent server service session set should since size small software some source special sql sqlalchemy
sqlstate src stack start state status step stream street string style subject submit success successful such supplier support supported svg syntax system
table tag target task template temporary test text than that the their then there these they this three through time timed timeout
title to token too total trace traceback transaction transfer trigger true try two txt type uncaught undefined undocumented unauthorized
unavailable under unexpected unique unit unknown unless unprocessable unsupported until up update updated upstream url urlencoded use used user utf
valid validate validation value values vat vary version via view violates violation wait warning was web were when where which while will with within without word
write wrong www x xml yaml year yes you your z zero zip zone
gt lt ge le eq ne ts rb kt scala tb tr td ul li br utf8 ascii latin1 windows charset boundary chunked keep alive max-age private revalidate cookie sameorigin nosniff
mozilla gecko like applewebkit chrome safari firefox edge axios undici curl wget requests okhttp insomnia postman postmanruntime mon tue wed thu fri sat sun gmt utc
n y f on off t h example localhost started timings receive entries cookies recent
`;

/** One letter, a short number, `h1`, the parts of a time (`T10`, `123456Z`), and of an escaped character: `u001b`. */
const short = /^(?:[A-Za-z]?\d{0,4}|\d{1,6}Z|u[0-9a-fA-F]{4})$/;

/** Which words of a free text may stay. It learns the names of fields, which are the interface and not its content. */
export class Vocabulary {
  private readonly words: Set<string>;

  /** `names` are those that the contract documents: fields, listed values, words of paths. */
  constructor(names: Iterable<string>) {
    this.words = new Set(technical.split(/\s+/).filter(Boolean));
    for (const name of names) this.learn(name);
  }

  learn(name: string): void {
    this.words.add(name.toLowerCase());
  }

  /** Whether all of it is words that name nobody, and short numbers. */
  isOrdinary(text: string): boolean {
    return (text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).every((word) => this.hasWord(word));
  }

  /** `ValidationError` and `last_name` are made of words; `ERR_X1` is a constant of somebody's program. */
  private hasWord(word: string): boolean {
    if (short.test(word) || this.words.has(word.toLowerCase())) return true;
    if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word) && !/\d{5}/.test(word)) return true;
    const parts = word.split(/_|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
    return parts.length > 1 && parts.every((part) => /^\d{1,4}$/.test(part) || this.words.has(part.toLowerCase()));
  }
}
