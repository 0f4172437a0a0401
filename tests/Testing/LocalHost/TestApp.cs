using CertFunctions.LocalHost.Worker;

namespace CertFunctions.Testing;

/// <summary>This repository's function app, published once per test run.</summary>
public static class TestApp
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    public static Task<string> PublishedAsync() => Published.Value;

    private static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(TestFolders.Repository, ".local", "test-app");
        var project = Path.Combine(TestFolders.Repository, "src", "Functions", "Functions.csproj");
        await FunctionAppBuild.PublishAsync(project, folder, CancellationToken.None);
        return folder;
    }
}
