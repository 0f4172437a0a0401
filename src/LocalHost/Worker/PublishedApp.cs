using System.Globalization;
using System.Text.Json;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Worker;

/// <summary>A published function app: what its generated files say about it.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="WorkerPath">The worker's assembly.</param>
/// <param name="HostJson">The whole of <c>host.json</c>.</param>
internal sealed record PublishedApp(string Folder, string WorkerPath, JsonElement HostJson)
{
    /// <exception cref="StartupException">The folder holds no published function app.</exception>
    public static PublishedApp Read(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            throw new StartupException($"There is no folder {folder}: give --app the folder of a published function app.");
        var workerConfig = ReadJson(folder, "worker.config.json");
        var hostJson = ReadJson(folder, "host.json");
        var worker = workerConfig.TryGetProperty("description", out var description)
            && description.TryGetProperty("defaultWorkerPath", out var path) ? path.GetString() : null;
        return new PublishedApp(
            folder,
            Path.Combine(folder, worker ?? throw new StartupException($"{folder}/worker.config.json names no defaultWorkerPath.")),
            hostJson);
    }

    public string Name => Path.GetFileNameWithoutExtension(WorkerPath);

    /// <summary>What stands before each HTTP route; the runtime's own default is <c>api</c>.</summary>
    public string RoutePrefix =>
        HostJson.TryGetProperty("extensions", out var extensions)
        && extensions.TryGetProperty("http", out var http)
        && http.TryGetProperty("routePrefix", out var prefix) ? prefix.GetString() ?? "" : "api";

    /// <summary>How long a function may run; the runtime's own default is 30 minutes, and -1 means as long as it takes.</summary>
    public TimeSpan FunctionTimeout =>
        !HostJson.TryGetProperty("functionTimeout", out var timeout) ? TimeSpan.FromMinutes(30)
        : timeout.ToString() == "-1" ? Timeout.InfiniteTimeSpan
        : TimeSpan.TryParse(timeout.ToString(), CultureInfo.InvariantCulture, out var limit) ? limit
        : throw new StartupException($"functionTimeout in host.json is no time: {timeout}.");

    /// <summary><c>host.json</c> as the settings that the WebJobs SDK reads.</summary>
    public IEnumerable<KeyValuePair<string, string?>> HostSettings(string section) => Flatten(section, HostJson);

    private static IEnumerable<KeyValuePair<string, string?>> Flatten(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flatten($"{path}:{member.Name}", member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Flatten($"{path}:{index}", item)),
        JsonValueKind.Null => [],
        _ => [new(path, element.ToString())],
    };

    private static JsonElement ReadJson(string folder, string name)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name)), options);
            return document.RootElement.Clone();
        }
        catch (IOException)
        {
            throw new StartupException($"{folder} holds no published function app: {name} is missing.");
        }
        catch (JsonException exception)
        {
            throw new StartupException($"{Path.Combine(folder, name)} is not valid JSON: {exception.Message}");
        }
    }
}
