using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.Functions.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

public sealed class StartImport(ImportService imports, ImportUploads uploads, IdempotentPosts posts, OrganisationClock clock)
{
    [Function(nameof(StartImport)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var kind = input.Query.OneOf<ImportKind>("kind").Required();
        var name = input.Query.Value<string>("name", ImportFile.TryParseName, ImportFile.NameRule).Or(ImportFile.Unnamed);
        var onExisting = input.Query.OneOf<OnExisting>("onExisting").Or(OnExisting.KeepNewest);
        char? separator = input.Query.Value<char>("separator", CsvSeparator.TryParse, CsvSeparator.Rule).OrNull();
        var charset = input.Query.Value<string>("charset", CsvBody.TryParseCharset, CsvCharset.Rule).OrNull();
        var options = new ImportOptions
        {
            Missing = input.Query.OneOf<MissingUsers>(ImportOptions.MissingName).Or(MissingUsers.Keep),
            TakenAt = input.Query.Value<DateTimeOffset>(ImportOptions.TakenAtName, Instant.TryParse, Instant.Rule).OrNull(),
            ConfirmUsers = input.Query.Number(ImportOptions.ConfirmUsersName, 0, int.MaxValue).OrNull(),
        };
        foreach (var (option, why) in options.Broken(kind, clock.Now))
        {
            input.Query.Complain(option, why);
        }

        var isPlan = input.Query.Boolean("dryRun").Or(false);
        if (isPlan && kind is not ImportKind.Awards)
        {
            input.Query.Complain("dryRun", "goes with kind=awards only");
        }

        if (input.Refused(out var problem) || CsvBody.IsWrongType(request, out problem))
        {
            return problem;
        }

        var uploaded = await uploads.SaveAsync(request, request.Body, kind, name, cancellationToken);
        if (uploaded.Problem is { } tooLarge)
        {
            return tooLarge;
        }

        var file = uploaded.File! with { OnExisting = onExisting, Options = options, Separator = separator, Charset = charset ?? CsvBody.CharsetOf(request) };
        var isTaken = false;
        var answer = await posts.RunAsync(
            input,
            uploaded.Hash,
            () => JobId.New(clock.Now).Value,
            async id =>
            {
                var job = await imports.IngestAsync(file, isPlan, input.Caller.Name, JobId.Parse(id.Value), cancellationToken);
                isTaken = job.Work is ImportWork { File.Archive: var archive } && archive == file.Archive;
                return Answer.Accepted($"/api/jobs/{job.Id}", JobAnswer.Of(job, clock));
            },
            cancellationToken);
        if (!isTaken)
        {
            // The key came before: its job has a file already, or refuses this one.
            await uploads.RemoveAsync(file, cancellationToken);
        }

        return answer;
    }
}
