import type { Faker } from '@faker-js/faker'

/** A course that is paid by a plan: so many details of one price, each reduced by so much, in fen. */
export type Course = { no: string; name: string; price: number; reduction: number; details: number }

/** What faker invents for the seed of every start that names none; its dictionaries take long to load. */
export const courseOfFirstSeed: Course = {
  no: 'SHOP4703101335',
  name: '橡胶现代的披萨月卡',
  price: 26_500,
  reduction: 100,
  details: 9,
}

/** A shop's course, the same for the same seed. */
export const courseOf = async (seed: number): Promise<Course> =>
  seed === 1 ? courseOfFirstSeed : inventCourse(seed)

export const inventCourse = async (seed: number): Promise<Course> => {
  const { faker: shared } = await import('@faker-js/faker/locale/zh_CN')
  // Whoever embeds the sandbox may use the shared one. The class is exported only together with all
  // languages; a member of it knows its class.
  const OwnFaker = shared.constructor as typeof Faker
  const faker = new OwnFaker({ locale: shared.rawDefinitions, seed })

  return {
    no: `SHOP${faker.string.numeric(10)}`,
    name: `${faker.commerce.productName().slice(0, 16)}月卡`,
    price: faker.number.int({ min: 10, max: 300 }) * 100,
    reduction: faker.number.int({ min: 1, max: 9 }) * 100,
    details: faker.number.int({ min: 3, max: 12 }),
  }
}
