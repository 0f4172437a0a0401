using System.CommandLine;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost;

/// <summary>Reads the command line, turns signals into a cancellation and expected failures into one line.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Where the app answers, 0 for any free port.",
        DefaultValueFactory = _ => 7071,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Where the storage emulator keeps its data between runs (default: .local/data).",
        HelpName = "folder",
    };

    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "Use this storage account or running Azurite; none is started then. \"identity\": the one that the settings CertStorage__... name.",
        HelpName = "connection string",
    };

    private static readonly Option<string?> App = new("--app")
    {
        Description = "Run this published function app (default: publish src/Functions to .local/app).",
        HelpName = "folder",
    };

    private static readonly Option<bool> NoBuild = new("--no-build") { Description = "Run what was published before." };

    private static readonly Option<bool> Demo = new("--demo") { Description = "Fill in a small organisation for trying out." };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Runs the published function app on this machine: storage, worker and triggers.")
        {
            Port, Data, Storage, App, NoBuild, Demo,
        };
        root.SetAction((result, _) => RunHostAsync(new HostOptions(
            result.GetValue(Port),
            result.GetValue(Data),
            result.GetValue(Storage),
            result.GetValue(App),
            result.GetValue(NoBuild),
            result.GetValue(Demo))));
        // Signals are this host's own: it stops in order, however long its parts need.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunHostAsync(HostOptions options)
    {
        using var signals = new StopSignals();
        try
        {
            await new LocalHostRun(options).RunAsync(signals.Stop);
            return 0;
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
