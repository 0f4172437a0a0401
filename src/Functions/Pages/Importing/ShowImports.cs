using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Importing;

public sealed class ShowImports
{
    [Function(nameof(ShowImports)), Needs(CallerRole.Superadmin), ForBrowsers]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "imports")] HttpRequest request)
    {
        var input = HttpInput.OfPage(request);
        var kind = input.Query.OneOf<ImportKind>("kind").Or(ImportKind.Awards);
        return input.Refused(out var problem) ? problem : PageAnswer.Of<ImportsView, ImportForm>(new(kind, IsChecked: true, FieldErrors.None));
    }
}

/// <param name="IsChecked">Only what would come of it is wanted.</param>
public sealed record ImportForm(ImportKind Kind, bool IsChecked, FieldErrors Errors)
{
    public static readonly string MostSize = $"{Limits.UploadBytes / (1024 * 1024)} MB";

    /// <summary>Plans are of awards.</summary>
    public bool CanBeChecked => Kind == ImportKind.Awards;
}
