using System.CommandLine;
using Azure;
using Azure.Identity;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.BackUps;
using CertFunctions.Operations.Checking;
using CertFunctions.Operations.Poison;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Operations;

/// <summary>What an operator does with a store beside the app. Exit code 0: done; 1: not, and why is said.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "The store; without it the one that the settings CertStorage or CertStorage__... in the environment name.",
        HelpName = "connection string",
        Recursive = true,
    };

    private static readonly Argument<DirectoryInfo> Folder = new("folder") { Description = "The back-up." };

    private static readonly Argument<string> Queue = new("queue") { Description = "The poison queue." };

    private static readonly Option<string?> Message = new("--message") { Description = "Only this one, by its id.", HelpName = "id" };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Backs a store up, restores and checks it, and looks after messages that nobody could process.")
        {
            Storage,
            Of("back-up", "Copies tables, containers and queues into a new folder. Stop the app before: a running one changes what is copied.", [Folder],
                (result, store, token) => new BackUp(store, Say).RunAsync(result.GetValue(Folder)!, token)),
            Of("restore", "Copies a back-up into an empty store.", [Folder],
                (result, store, token) => new Restore(store, Say).RunAsync(result.GetValue(Folder)!, token)),
            Of("check", "Reads a whole store at rest and names what contradicts itself.", [], (_, store, _) => CheckAsync(store)),
            new Command("poison", "Messages that nobody could process.")
            {
                Of("list", "Shows them, as they lie there.", [], (_, store, token) => new PoisonMessages(store, Say).ListAsync(token)),
                Of("replay", "Sends them to their queue again.", [Queue, Message],
                    (result, store, token) => new PoisonMessages(store, Say).ReplayAsync(result.GetValue(Queue)!, result.GetValue(Message), token)),
                Of("drop", "Deletes them.", [Queue, Message],
                    (result, store, token) => new PoisonMessages(store, Say).DropAsync(result.GetValue(Queue)!, result.GetValue(Message), token)),
            },
        };
        return await root.Parse(args).InvokeAsync();
    }

    private static Command Of(string name, string description, Symbol[] symbols, Func<ParseResult, StorageClients, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction((result, token) => TellAsync(() => run(result, StoreOf(result), token)));
        return command;
    }

    private static StorageClients StoreOf(ParseResult result)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables();
        if (result.GetValue(Storage) is { } connection)
        {
            settings.AddInMemoryCollection([new(StorageNames.Connection, connection)]);
        }

        return new StorageClients(settings.Build());
    }

    private static async Task CheckAsync(StorageClients store)
    {
        var found = await StoreCheck.RunAsync(store);
        if (found.Count > 0)
        {
            throw new OperationException(string.Join(Environment.NewLine, found));
        }

        Say("Nothing contradicts itself.");
    }

    private static async Task<int> TellAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception e) when (e is OperationException or RequestFailedException or AuthenticationFailedException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e is RequestFailedException failed ? $"The storage refused: {failed.Status} {failed.ErrorCode}. {failed.Message.Split('\n')[0]}" : e.Message);
            return 1;
        }
    }

    private static void Say(string text) => Console.WriteLine(text);
}
