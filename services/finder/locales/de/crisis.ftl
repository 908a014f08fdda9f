### Krisentelefone

crisis-title = Sofort Hilfe
crisis-lead = Ist es dringend? Hier hört Ihnen jemand zu.
crisis-danger-heading = Bei Lebensgefahr
crisis-danger-text = Sind Sie oder jemand anders in Gefahr? Haben Sie vor, sich etwas anzutun? Rufen Sie 112 an. Sie dürfen auch anrufen, wenn Sie unsicher sind.
crisis-deaf-heading = Sie können nicht telefonieren?
crisis-deaf-text = Für gehörlose Menschen gibt es die Notruf-App „nora“ der Bundesländer. Die TelefonSeelsorge berät auch per Mail und Chat.
crisis-calls-heading = Bleibt der Anruf sichtbar?
crisis-calls-text = Ihr Telefon zeigt die Nummer in der Anrufliste. Sie können den Eintrag dort löschen. Kostenlose Nummern stehen in der Regel nicht auf der Rechnung.
