import { Application } from "@hotwired/stimulus";
import { ComposerController } from "./controllers/composer.ts";
import { DeckController } from "./controllers/deck.ts";
import { KeyboardController } from "./controllers/keyboard.ts";
import { PressController } from "./controllers/press.ts";

const application = Application.start();
application.register("deck", DeckController);
application.register("keyboard", KeyboardController);
application.register("composer", ComposerController);
application.register("press", PressController);
