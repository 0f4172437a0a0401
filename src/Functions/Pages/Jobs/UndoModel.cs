using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Pages.Jobs;

/// <param name="MustBePlanned">It changed so many that nobody undoes it unseen.</param>
public sealed record UndoModel(Job Job, bool MustBePlanned, string Reason, FieldErrors Errors);
