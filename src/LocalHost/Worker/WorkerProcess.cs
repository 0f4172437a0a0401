using System.Diagnostics;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Worker;

/// <summary>How the worker of a published app is started.</summary>
internal static class WorkerProcess
{
    public static ChildProcess Start(
        PublishedApp app, Uri rpc, string workerId, IReadOnlyDictionary<string, string> settings, Action<string> onLine)
    {
        var startInfo = new ProcessStartInfo(Environment.ProcessPath is { } path && IsDotnet(path) ? path : "dotnet")
        {
            WorkingDirectory = app.Folder,
            ArgumentList =
            {
                app.WorkerPath,
                "--functions-uri", rpc.ToString(),
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            },
        };
        foreach (var (name, value) in settings)
            startInfo.Environment[name] = value;
        SetOwnEnvironment(startInfo.Environment, app);
        return ChildProcess.Start(startInfo, onLine);
    }

    private static void SetOwnEnvironment(IDictionary<string, string?> environment, PublishedApp app)
    {
        environment.Remove("ASPNETCORE_URLS");
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        environment["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder;
        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning";
        environment["DOTNET_STARTUP_HOOKS"] = typeof(WorkerProcess).Assembly.Location;
        environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
