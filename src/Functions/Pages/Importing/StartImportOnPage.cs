using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.Functions.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Importing;

/// <summary>Takes a file as a browser sends it, and goes to its job.</summary>
public sealed class StartImportOnPage(ImportService imports, ImportUploads uploads, OrganisationClock clock)
{
    /// <summary>What a form needs beside the file.</summary>
    public const int FormBytes = 64 * 1024;

    [Function(nameof(StartImportOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "imports")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (request.ContentLength > Limits.UploadBytes + FormBytes)
        {
            await RequestBytes.DrainAsync(request.Body, new byte[FormBytes], cancellationToken);
            return TooLargeIn(new ImportForm(ImportKind.Awards, IsChecked: true, new FieldErrors()));
        }

        var form = await ReadFormAsync(request, cancellationToken);
        var kind = form.OneOf<ImportKind>("kind", "Kind");
        var isPlan = form.Has("check");
        var shown = new ImportForm(kind, isPlan, form.Errors);
        if (isPlan && !shown.CanBeChecked)
        {
            form.Errors.Add("check", "Only awards can be checked first. Without the tick the file is taken at once.");
        }

        if (form.File("file", "CSV file") is not { } sent || !form.Errors.IsEmpty)
        {
            return Again(shown);
        }

        var name = ImportFile.TryParseName(Path.GetFileName(sent.FileName), out var own) ? own : ImportFile.Unnamed;
        await using var content = sent.OpenReadStream();
        var uploaded = await uploads.SaveAsync(request, content, kind, name, cancellationToken);
        if (uploaded.File is not { } file)
        {
            return TooLargeIn(shown);
        }

        var job = await imports.IngestAsync(file, isPlan, input.Caller.Name, JobId.New(clock.Now), cancellationToken);
        return HtmxRequests.GoTo(request, $"/jobs/{job.Id}");
    }

    /// <summary>A slow sender is no trouble with the storage.</summary>
    private static async Task<PageForm> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reading = Deadline.Pause(request.HttpContext);
        return await PageForm.ReadAsync(request, cancellationToken);
    }

    private static PageAnswer TooLargeIn(ImportForm shown)
    {
        shown.Errors.Add("file", $"CSV file is larger than {ImportForm.MostSize}. A larger one is sent to the address that POST /api/imports/uploads answers.");
        return Again(shown);
    }

    private static PageAnswer Again(ImportForm shown) => PageAnswer.Of<ImportsView, ImportForm>(shown, StatusCodes.Status422UnprocessableEntity);
}
