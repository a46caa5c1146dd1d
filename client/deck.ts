import { Application } from "@hotwired/stimulus";
import { ComposerController } from "./controllers/composer.ts";
import { DeckController } from "./controllers/deck.ts";
import { KeyboardController } from "./controllers/keyboard.ts";
import { PressController } from "./controllers/press.ts";
import { SignOutController } from "./controllers/sign-out.ts";
import { startSheets } from "./live/sheet.ts";

const application = Application.start();
application.register("deck", DeckController);
application.register("keyboard", KeyboardController);
application.register("composer", ComposerController);
application.register("press", PressController);
application.register("sign-out", SignOutController);
startSheets();
