import { bindsAllAddresses, type TcpBinding } from './tcp-binding.ts';

/** Groups of things by the binding that they stand at, to find those that meet a binding without comparing each with each. */
export class BindingIndex<Group> {
  readonly #make: () => Group;
  readonly #groups = new Map<string, Group>();

  constructor(make: () => Group) {
    this.#make = make;
  }

  /** Gives the groups that something at the binding belongs to: that of its address, and that of all addresses. */
  of(binding: TcpBinding): readonly [own: Group, all: Group] {
    return [this.#group(addressKey(binding)), this.#group(allKey(binding))];
  }

  /** Gives the groups of what meets the binding: at its address or bound to all, or everything where it binds all itself. */
  meeting(binding: TcpBinding): readonly Group[] {
    const { family } = binding.address;
    const keys = bindsAllAddresses(binding)
      ? [allKey(binding)]
      : [addressKey(binding), `${family} ${binding.port} 0`];
    return keys.map((key) => this.#groups.get(key)).filter((group) => group !== undefined);
  }

  #group(key: string): Group {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#groups.set(key, made);
    return made;
  }
}

function addressKey({ address: { family, value }, port }: TcpBinding): string {
  return `${family} ${port} ${value}`;
}

function allKey({ address: { family }, port }: TcpBinding): string {
  return `${family} ${port} all`;
}
