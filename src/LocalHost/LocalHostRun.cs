using System.Diagnostics;
using System.Text.Json;
using CertFunctions.LocalHost.Demo;
using CertFunctions.LocalHost.Http;
using CertFunctions.LocalHost.Logging;
using CertFunctions.LocalHost.Processes;
using CertFunctions.LocalHost.Storage;
using CertFunctions.LocalHost.Worker;

namespace CertFunctions.LocalHost;

/// <summary>One run of the host, from nothing to nothing: what is started is stopped again in the opposite order.</summary>
internal sealed class LocalHostRun(HostOptions options)
{
    private readonly LocalFolders _folders = LocalFolders.Find(options);

    /// <exception cref="StartupException">It cannot start.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        Ports.RequireFree(options.Port);
        var started = Stopwatch.GetTimestamp();
        var storing = RunningStorage.StartAsync(options, _folders, Say, stop);
        var publishing = PublishAsync(stop);
        await ((Task)Task.WhenAll(storing, publishing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await using var storage = storing.IsCompletedSuccessfully ? await storing : null;
        if (storage is null || !publishing.IsCompletedSuccessfully)
        {
            await publishing;
            await storing;
        }

        await RunAppAsync(await publishing, storage!, started, stop);
    }

    private async Task<PublishedApp> PublishAsync(CancellationToken stop)
    {
        if (options.AppFolder is null && !options.NoBuild)
        {
            if (_folders.Project is null)
                throw new StartupException("The function app's project was not found: give --app the folder of a published app.");
            Say("Building the function app ...");
            await FunctionAppBuild.PublishAsync(_folders.Project, _folders.App, stop);
        }

        return PublishedApp.Read(_folders.App);
    }

    private async Task RunAppAsync(PublishedApp app, RunningStorage storage, long started, CancellationToken stop)
    {
        using var loggers = HostLogging.Create(app);
        await using var rpc = await RpcServer.StartAsync();
        await using var worker = new WorkerSupervisor(app, rpc.Service, rpc.Address, storage.Settings, loggers);
        var ready = await worker.StartAsync(stop);

        // A new worker creates what is missing, at its first use.
        storage.OnRestart = worker.Restart;
        await using var web = PublicServer.Build(options.Port, app, ready.Functions, worker, storage.Settings, loggers);
        await PublicServer.StartAsync(web, options.Port, stop);
        var address = new Uri(web.Urls.First());
        var drop = options.Storage is null ? new DropFolder(_folders.Drop, storage.ConnectionString!, loggers.CreateLogger<DropFolder>()).Create() : null;
        Say($"Listening on {address.GetLeftPart(UriPartial.Authority)} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s)");
        await DropWhileAsync(token => ServeAsync(web, address, token), drop, stop);
        Say("Stopping ...");
        await PublicServer.StopAsync(web);
    }

    /// <summary>Looks into the drop folder as long as the app is served, where the storage is the host's own.</summary>
    private static async Task DropWhileAsync(Func<CancellationToken, Task> serve, DropFolder? drop, CancellationToken stop)
    {
        using var served = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var dropping = drop?.RunAsync(served.Token) ?? Task.CompletedTask;
        try
        {
            await serve(stop);
        }
        finally
        {
            await served.CancelAsync();
            await dropping;
        }
    }

    private async Task ServeAsync(WebApplication web, Uri address, CancellationToken stop)
    {
        if (options.Demo)
            await SeedDemoAsync(address, stop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, web.Lifetime.ApplicationStopping);
        Say(options.Demo ? NextSteps.WithDemo(address) : NextSteps.WithoutDemo(address, await IsEmptyAsync(address, stop)));
        await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested)
            throw new StartupException("The host stopped: see the line above.");
    }

    /// <summary>Whether there is no certification yet, as far as can be seen.</summary>
    private static async Task<bool> IsEmptyAsync(Uri address, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync("api/certifications?status=all&limit=1", stop);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("items").GetArrayLength() == 0;
    }

    private static async Task SeedDemoAsync(Uri address, CancellationToken stop)
    {
        Say("Filling in the demo organisation ...");
        using var demo = new DemoSeeder(new HttpClient { BaseAddress = address }, TimeProvider.System);
        try
        {
            await demo.SeedAsync(stop);
        }
        catch (Exception exception) when (exception is DemoException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"The demo organisation could not be filled in: {exception.Message}");
        }
    }

    private static void Say(string text) => Console.WriteLine(text);
}
