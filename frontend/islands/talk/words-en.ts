// The words to compare in English: everyday things, told apart by ear, harmless for whoever reads them out.

/** 256 words; what counts is their place. */
export const words: readonly string[] = `
accordion acorn almond anchor antelope apple apricot apron arch atlas attic autumn avocado bagel balloon bamboo
banana banjo barn beach beanstalk beaver beetle bicycle bison blackbird blanket blossom blueberry boat bonfire
bookshelf boulder bracelet bread breeze brick bridge broccoli broom brush bubble bucket buffalo butterfly button
cabbage cactus cake camera canary candle canyon carpet caterpillar cauliflower cello cereal chair cherry chestnut
chicken chimney chocolate cinema cinnamon clarinet cliff clock clover cobblestone coconut comet compass copper
cornfield crocodile crown cucumber cupboard curtain daisy dancer dandelion desert diamond dolphin donkey dragon
drawbridge driftwood drum duck eagle earring earthworm echo eclipse elbow elephant emerald falcon feather fiddle
finger flag flamingo flute footpath forest fossil fountain fox galaxy garlic gingerbread giraffe glacier goldfish
goose gorilla granite grape grasshopper greenhouse guitar hammer handkerchief harbour hawk hazelnut hedgehog helmet
hoof horseshoe hummingbird iceberg igloo island jaguar jellyfish jigsaw juniper kangaroo keyboard kingfisher kite
koala ladder ladybird lagoon lantern lavender lemon leopard library lighthouse lizard llama lobster lollipop magnet
marble marmalade meadow microscope mirror mitten moonlight mosaic snowman napkin nightingale noodle notebook nutmeg
oatmeal ocean octopus olive onion orange orchard ostrich otter owl palm paper peacock peanut pelican pencil penguin
piano pigeon pillow pineapple seahorse porcupine potato pumpkin puppet pyramid quail quartz rabbit radish raspberry
raven ribbon robin sandal sausage saxophone scarf seagull shell shovel skateboard snowflake spaghetti sparrow
spinach squirrel stadium starfish strawberry sunflower swan tangerine teapot telescope thermometer thunder tractor
trumpet tulip turtle umbrella valley vanilla village violin volcano waffle walnut waterfall watermelon whale whistle
window woodpecker xylophone yoghurt zebra zucchini
`
  .trim()
  .split(/\s+/);
